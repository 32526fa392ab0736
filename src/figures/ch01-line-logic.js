// Two values that are close to each other, on the number line and on the grid of a format.

import { decode, formats, parse, round, stepAfter } from './ch01-bits-logic.js';

const formatOf = (name) => formats.find((format) => format.name === name);
const toNumber = (value) => (value.kind === 'finite' ? Number(`${value.negative ? '-' : ''}${value.digits}e-${value.scale}`) : Infinity);
const bitsOf = (name, number) => round(formatOf(name), parse(String(number)));

/** What a number becomes in the format of this name. */
export const cast = (name, number) => toNumber(decode(formatOf(name), bitsOf(name, number)));

/** The distance from a positive number, as the format has it, to the format's next value. */
export const step = (name, number) => toNumber(stepAfter(formatOf(name), bitsOf(name, number)));

/** More marks than these could not be told apart. */
const MOST = 150;

/** The format's values from `least` to `most`, both positive, or null where there are too many to be drawn. */
export function grid(name, least, most) {
  const format = formatOf(name);
  if ((most - least) / step(name, least) > MOST) return null;
  const values = [];
  for (let bits = bitsOf(name, least); values.length <= MOST; bits += 1n) {
    const value = toNumber(decode(format, bits));
    if (value > most) return values;
    if (value >= least) values.push(value);
  }
  return null;
}

/** Where the figure begins, how far apart its two values may be, and how much of the line is seen at most. */
export const subjects = {
  time: { label: 'today’s Unix time', start: 1_795_444_200.25, apart: 0.25, unit: ' s', what: 'requests' },
  id: { label: 'ids above 2²⁴', start: 16_777_216, apart: 1, unit: '', what: 'ids' },
  weight: { label: 'a weight', start: 0.1, apart: 0.0001, unit: '', what: 'weights' },
};

/** The second value is 2^n times `apart` from the first, and 2^n times as much of the line is seen. */
export const APART_STEPS = 12;
export const ZOOM_STEPS = 14;

/** A number that a reader takes in: no more than seven digits after the point, and none for nothing. */
export const shown = (number) => String(Number(number.toFixed(7)));

/** What became of two values, in words. */
export function outcome(subject, name, first, second) {
  const { unit, what } = subjects[subject];
  const [one, other] = [cast(name, first), cast(name, second)];
  const apart = `${shown(second - first)}${unit}`;
  const here = `Its step here is ${Number(step(name, first).toPrecision(3))}${unit}.`;
  if (one === other) return `To ${name} both ${what} are ${one}: ${apart} between them become 0. ${here}`;
  const between = other - one;
  const error = Math.abs(between - (second - first));
  if (error < 0.01 * (second - first)) return `${name} keeps the ${what} ${apart} apart. ${here}`;
  return `${name} makes ${apart} between the ${what} into ${shown(between)}${unit}. ${here}`;
}
