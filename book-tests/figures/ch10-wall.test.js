import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { LIMIT, documents, isMisplaced, isRight, kinds, outcome, rank, scores } from '../../src/figures/ch10-wall-logic.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

// Written by solutions/ch10-nan/tests/figure.rs from Rust's own sort.
const rust = JSON.parse(read('ch10-wall.json'));
const places = [...scores, null].map((_, at) => at);
const rows = (kind, at) => rank(kind, at).order.map(({ row }) => row);

test('the figure ranks as Rust does, wherever the document without text stands', () => {
  assert.equal(rust.length, places.length * Object.keys(kinds).length);
  for (const { kind, at, order } of rust) assert.deepEqual(rows(kind, at), order, `${kind} ${at}`);
});

test('nothing gets past NaN: it stays where it was, and each side is in order for itself', () => {
  for (const at of places) {
    const { order } = rank('equal', at);
    assert.equal(order[at].score, null);
    for (const side of [order.slice(0, at), order.slice(at + 1)]) {
      assert.deepEqual(side, side.toSorted((a, b) => b.score - a.score));
    }
  }
});

test('left out, the best come first and the row is told; with every other choice a document is misplaced', () => {
  for (const kind of Object.keys(kinds)) {
    for (const at of places) {
      const { order, leftOut } = rank(kind, at);
      const misplaced = order.some((_, place) => isMisplaced(order, place));
      assert.equal(misplaced, !isRight(kind), `${kind} ${at}`);
      assert.deepEqual(leftOut.map(({ row }) => row), isRight(kind) ? [at] : []);
    }
  }
});

test('the still figure has the same orders', () => {
  const at = 3;
  const lines = [...read('../../src/figures/ch10-ranked.html').matchAll(/<tr><th scope="row">.*?<\/tr>/g)].map(([line]) =>
    [...line.matchAll(/<td[^>]*>(?:<strong>)?([^<]*)/g)].map(([, cell]) => cell));
  const shown = (order) => order.map(({ score }) => (score === null ? 'NaN' : String(score)));
  assert.deepEqual(lines, [
    shown(documents(at)), shown(rank('equal', at).order), shown(rank('total', at).order), shown(rank('negative', at).order),
    [...shown(rank('out', at).order), '-'],
  ]);
});

test('the words say what the hits are, and what is missing from them', () => {
  assert.equal(outcome('equal', 3), 'The first 3: 0.91, 0.58, 0.35. Not among them: 0.74, 0.66. Nothing reports it.');
  assert.equal(outcome('total', 3), 'The first 3: NaN, 0.91, 0.74. Not among them: 0.66. Nothing reports it.');
  assert.equal(outcome('negative', 3), 'The first 3: 0.91, 0.74, 0.66. These are the best, this time. With a limit of 8, NaN is among the hits.');
  assert.equal(outcome('zero', 3), 'The first 3: 0.91, 0.74, 0.66. These are the best. But the document without text stands before -0.27, '
    + 'and nothing tells that its score is made up.');
  assert.equal(outcome('equal', 7), outcome('negative', 7), 'at the end it is noticed least');
  assert.equal(outcome('equal', 6), 'The first 3: 0.91, 0.74, 0.58. Not among them: 0.66. Nothing reports it.');
  assert.equal(outcome('out', 3), 'The first 3: 0.91, 0.74, 0.66. These are the best, and left_out tells of row 3.');
  for (const kind of Object.keys(kinds)) {
    for (const at of places) assert.equal(outcome(kind, at).match(/The first 3: ([^:]*)\. [TN]/)[1].split(', ').length, LIMIT);
  }
});
