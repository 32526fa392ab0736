// The time of day as a model gets it: in seconds since 1970, rounded to a type of few digits.

import { decode, formats, parse, round } from './ch01-bits-logic.js';

const formatOf = (name) => formats.find((format) => format.name === name);
const number = ({ digits, scale }) => Number(digits) / 10 ** scale;

/**
 * What `seconds` become in the format of this name: their value there, and for how many seconds it stays the same, since
 * every time until then is rounded to it as well.
 */
export function cast(seconds, name) {
  const format = formatOf(name);
  const bits = round(format, parse(seconds.toFixed(3)));
  const value = number(decode(format, bits));
  const next = number(decode(format, bits + 1n));
  return { value, still: Math.max(0, (value + next) / 2 - seconds) };
}

/** `2026-11-23 14:30:00`, in UTC. */
export const written = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

const units = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute'], [1, 'second']];

/** A span of seconds in its largest unit of which there are two at least: `3 days`, `95 seconds`. */
export function span(seconds) {
  const [length, unit] = units.find(([length]) => seconds >= 2 * length) ?? units.at(-1);
  const count = Math.round(seconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
