// What a check says when it fails is shown in parts: no word of it gets lost, and no word comes to another part.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { partsOf, printed } from '../../src/live/failure-logic.js';

test('a message has what was seen, what was expected, and why', () => {
  const message = 'row 3 is empty\nexpected: a row\nwhoever waits for it waits for ever';
  assert.deepEqual(partsOf(message), { seen: 'row 3 is empty', expected: 'a row', why: 'whoever waits for it waits for ever', more: '' });
});

test('what was seen and what was expected may have several lines', () => {
  const { seen, expected, why } = partsOf('two rows:\n[1]\n[2]\nexpected: one row:\n[1, 2]\na request is one row');
  assert.deepEqual([seen, expected, why], ['two rows:\n[1]\n[2]', 'one row:\n[1, 2]', 'a request is one row']);
});

test('a remark below the reason belongs to it', () => {
  assert.equal(partsOf('a\nexpected: b\nc\n(generated with seed 7)').why, 'c\n(generated with seed 7)');
});

test('the steps stand below', () => {
  assert.equal(partsOf('a\nexpected: b\nc\n\nstep  who  does\n1     x    y').more, 'step  who  does\n1     x    y');
});

test('a message of another form stays whole', () => {
  for (const message of ['index out of bounds', 'expected: nothing was seen', 'seen\n...\nexpected: what?\nwhy']) assert.equal(partsOf(message), undefined);
});

const kept = new URL('../../src/output/', import.meta.url);
const letters = (text) => text.replace(/✗|^\$ |^\.\.\.$|expected:|;|:(?= )|\s/gm, '');
const told = readdirSync(kept)
  .map((file) => [file, printed(readFileSync(new URL(file, kept), 'utf8').replaceAll('\r\n', '\n'))])
  .filter(([, parts]) => parts);

test('most of what the book keeps of checks is shown so', () => assert.ok(told.length > 30, `${told.length}`));

for (const [file, { command, failures }] of told) {
  test(`${file} is shown whole`, () => {
    const shown = [command, ...failures.flatMap(({ sentence, parts }) => [sentence, ...(parts ? [parts.seen, parts.expected, parts.why, parts.more] : [])])];
    assert.equal(letters(shown.join('\n')), letters(readFileSync(new URL(file, kept), 'utf8').replaceAll('\r\n', '\n')));
  });
}
