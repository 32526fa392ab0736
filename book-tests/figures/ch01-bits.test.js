import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parse, rows } from '../../src/figures/ch01-bits-logic.js';
import { fate, inBits, inDigits, offBy, outcome } from '../../src/figures/ch01-bits-words.js';

// Written by solutions/ch01-precision/tests/numbers.rs.
const rust = JSON.parse(readFileSync(new URL('ch01-bits.json', import.meta.url)));

const all = { longest: 2000 };

/** As Rust says it: bits, value, and the distance to the next value. */
function asRust({ bits, stored, step }) {
  if (stored.kind === 'nan') return ['NaN', 'NaN', 'none'];
  const next = step.kind === 'finite' ? inDigits(step, all.longest) : 'none';
  return [bits.toString(16), inDigits(stored, all.longest), next];
}

function sameAsRust(figure, formats, what) {
  for (const row of figure) assert.deepEqual(asRust(row), formats[row.format.name], `${what} in ${row.format.name}`);
}

const row = (name, way, number, reference = '0') =>
  rows(way, parse(number), parse(reference)).find(({ format }) => format.name === name);
const says = (way, number, reference = '0') => outcome(way, rows(way, parse(number), parse(reference)));

test('every number has the bits, the value and the next value that Rust gives it', () => {
  assert.ok(rust.numbers.length >= 40);
  for (const { number, formats } of rust.numbers) sameAsRust(rows('store', parse(number), parse('0')), formats, number);
});

test('a difference is what Rust computes, whichever comes first', () => {
  for (const { number, reference, ...ways } of rust.pairs) {
    for (const [way, formats] of Object.entries(ways)) {
      sameAsRust(rows(way, parse(number), parse(reference)), formats, `${number} - ${reference}, ${way}`);
    }
  }
});

test('a quarter of a second is lost when the cast comes first, and kept when the subtraction does', () => {
  const [number, reference] = ['1795444200.25', '1795444200'];
  assert.equal(offBy(row('f32', 'castFirst', number, reference)), '-0.25');
  assert.equal(offBy(row('f32', 'subtractFirst', number, reference)), '0');
});

test('the error is counted from the number as typed, not from its f64', () => {
  assert.equal(offBy(row('f64', 'store', '9007199254740993')), '-1');
  assert.equal(fate(row('f64', 'store', '0.1')), 'rounded');
});

test('halfway between two values, the one that ends in 0 is taken', () => {
  assert.equal(inDigits(row('f16', 'store', '2049').stored), '2048');
  assert.equal(inDigits(row('f16', 'store', '2051').stored), '2052');
  assert.equal(inDigits(row('f16', 'store', '2049.0000000001').stored), '2050');
});

test('what became of a number is said in words', () => {
  assert.match(says('store', '16777217'), /^f32 makes 16777217 into 16777216: an id would now be another one\./);
  assert.match(says('store', '1e39'), /into infinity: above its largest value there is nothing else\. All four: .*infinity in f32, bf16 and f16/);
  assert.match(says('store', '70000'), /^f32 holds 70000 exactly\. .*infinity in f16\.$/);
  assert.match(says('store', 'NaN'), /^f32 holds NaN/);
  assert.match(says('castFirst', '1e39', '1e39'), /into NaN: .*infinity minus infinity/);
  // Of the difference, which is itself no more than f32 holds.
  assert.match(says('castFirst', '3.5e38', '1e38'), /^f32 makes the difference 25.* into infinity: above its largest value/);
  assert.match(says('castFirst', 'NaN', '1'), /the difference NaN into NaN: what has a NaN in it is NaN/);
});

test('the three parts of the bits are those of the format', () => {
  const { format, bits } = row('bf16', 'store', '-1');
  assert.deepEqual(inBits(format, bits), { sign: '1', exponent: '01111111', fraction: '0000000' });
});

test('what is no number, or would take all day, is refused', () => {
  for (const text of ['', '.', 'e5', '1,5', '1e', 'one', '1e401', '1'.repeat(61)]) assert.equal(parse(text), null, text);
  for (const text of ['5.', '.5', '+1', '1_000', '1E9', ' 7 ', '-inf']) assert.notEqual(parse(text), null, text);
});
