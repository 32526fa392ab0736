import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { MOST, TOKENS, hasMoved, isFound, moved, outcome, variants, vectors, widthOf } from '../../src/figures/ch09-plane-logic.js';

// Written by solutions/ch09-padding/tests/figure.rs from runs of the embedder.
const rust = JSON.parse(readFileSync(new URL('ch09-plane.json', import.meta.url), 'utf8'));

test('the vectors are those of a run in Rust', () => {
  assert.equal(rust.length, Object.keys(variants).length * MOST);
  for (const { variant, second, vectors: there } of rust) {
    vectors(variant, second).forEach((vector, text) => vector.forEach((number, axis) => {
      assert.ok(Math.abs(number - there[text][axis]) < 0.01, `${variant}, ${second} tokens, text ${text + 1}`);
    }));
  }
});

test('as shipped, text 1 moves as soon as text 2 is longer, and further with each token', () => {
  assert.equal(moved('shipped', TOKENS), 0);
  for (let second = TOKENS + 1; second <= MOST; second += 1) assert.ok(moved('shipped', second) > moved('shipped', second - 1));
  assert.ok(!isFound('shipped', MOST));
});

test('with a width of 512 it does not depend on text 2, and is nearly padding', () => {
  for (let second = 1; second <= MOST; second += 1) assert.equal(moved('wide', second), moved('wide', 1));
  assert.ok(!isFound('wide', 1));
});

test('left out of the mean only, padding moves it half as far; masked in both, it does not move', () => {
  for (let second = 1; second <= MOST; second += 1) {
    assert.ok(Math.abs(moved('mean', second) - moved('shipped', second) / 2) < 1e-9);
    assert.ok(!hasMoved('both', second));
  }
});

test('the words say how far it has moved, and what a search finds', () => {
  assert.equal(outcome('shipped', 3), 'Text 1 has no padding: its vector is where it is alone.');
  assert.equal(outcome('shipped', 6), 'Text 1 has 3 places of padding, and its vector is 49.5 away from where it is alone. A search finds another text.');
  assert.equal(outcome('mean', 4), 'Text 1 has 1 place of padding, and its vector is 12.4 away from where it is alone. A search still finds it.');
  assert.equal(outcome('both', 12), 'Text 1 has 9 places of padding, and its vector is where it is alone.');
  assert.equal(widthOf('wide', 5), 512);
});
