import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { APART_STEPS, ZOOM_STEPS, cast, grid, outcome, step, subjects } from '../../src/figures/ch01-line-logic.js';

// Written by solutions/ch01-precision/tests/numbers.rs.
const rust = JSON.parse(readFileSync(new URL('ch01-bits.json', import.meta.url)));
const names = ['f64', 'f32', 'bf16'];

test('a number becomes what Rust makes of it, and has the step that Rust finds there', () => {
  let compared = 0;
  for (const { number, formats } of rust.numbers) {
    const value = Number(number);
    if (!(value > 0 && Number.isFinite(value) && String(value) === number)) continue;
    for (const name of names) {
      const [, held, next] = formats[name];
      assert.equal(cast(name, value), Number(held.replace('infinity', 'Infinity')), `${number} in ${name}`);
      if (next !== 'none') assert.equal(step(name, value), Number(next), `after ${number} in ${name}`);
      compared += 1;
    }
  }
  assert.ok(compared >= 20, String(compared));
});

test('the marks are the values of the format in view, one step after the other', () => {
  const marks = grid('f32', 1_795_443_700, 1_795_444_700);
  assert.ok(marks.length >= 7);
  marks.forEach((mark, at) => {
    assert.equal(Math.fround(mark), mark);
    if (at) assert.equal(mark - marks[at - 1], 128);
  });
  assert.deepEqual(grid('f32', 2 ** 24 - 2, 2 ** 24 + 4), [16777214, 16777215, 16777216, 16777218, 16777220], 'the step doubles at a power of two');
  assert.equal(grid('f64', 1_795_443_700, 1_795_444_700), null, 'too many to be drawn');
});

test('each subject begins where f32 or bf16 loses it or keeps it, and can be zoomed to where the values are seen', () => {
  const begins = (subject, name) => {
    const { start, apart } = subjects[subject];
    return outcome(subject, name, start, start + apart);
  };
  assert.equal(begins('time', 'f32'), 'To f32 both requests are 1795444224: 0.25 s between them become 0. Its step here is 128 s.');
  assert.equal(begins('id', 'f32'), 'To f32 both ids are 16777216: 1 between them become 0. Its step here is 2.');
  assert.equal(begins('weight', 'f32'), 'f32 keeps the weights 0.0001 apart. Its step here is 7.45e-9.');
  assert.match(begins('weight', 'bf16'), /^To bf16 both weights are 0\.10009765625/);
  for (const name of names) assert.match(begins('id', name), name === 'f64' ? /keeps/ : /become 0/);
  for (const { start, apart } of Object.values(subjects)) {
    const span = 4 * apart * 2 ** ZOOM_STEPS;
    assert.ok(start - span / 4 > 0 || apart < start, 'the line begins above 0');
  }
  const { start, apart } = subjects.time;
  assert.match(outcome('time', 'f32', start, start + apart * 2 ** APART_STEPS), /^f32 keeps the requests 1024 s apart/);
  assert.match(outcome('time', 'f32', start, start + 100), /^f32 makes 100 s between the requests into 128 s\./);
});
