import assert from 'node:assert/strict';
import test from 'node:test';
import { leftOut } from '../../src/figures/ch10-first-logic.js';

test('rounded down, the rest is left out; rounded up, nothing is', () => {
  for (let requests = 0; requests < 100; requests += 1) {
    assert.equal(leftOut(requests, 8, false), requests % 8);
    assert.equal(leftOut(requests, 8, true), 0);
  }
});
