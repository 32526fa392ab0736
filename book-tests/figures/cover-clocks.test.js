import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cast, span, written } from '../../src/figures/cover-clocks-logic.js';

const time = Date.UTC(2026, 10, 23, 14, 30, 0) / 1000;

test('in f32 a clock is what a cast makes of it, and stands still until the next value is nearer', () => {
  for (let seconds = time; seconds < time + 400; seconds += 7.25) {
    const { value, still } = cast(seconds, 'f32');
    assert.equal(value, Math.fround(seconds));
    assert.equal(Math.fround(seconds + still - 0.5), value);
    assert.notEqual(Math.fround(seconds + still + 0.5), value);
  }
});

test('in bf16 it is days off', () => {
  assert.ok(Math.abs(cast(time, 'bf16').value - time) > 86_400);
});

test('a span is told in its largest unit', () => {
  assert.deepEqual([0, 1.4, 95, 130, 7_300, 300_000].map(span), ['0 seconds', '1 second', '95 seconds', '2 minutes', '2 hours', '3 days']);
});

test('without a script the start page shows a time, and what the cast makes of it', () => {
  const page = readFileSync(new URL('../../src/index.md', import.meta.url), 'utf8');
  const [now, got] = [...page.matchAll(/<p>(2026-\d\d-\d\d [\d:]{8})<\/p>/g)].map(([, shown]) => shown);
  assert.equal(written(cast(Date.parse(`${now}Z`) / 1000, 'f32').value), got);
});
