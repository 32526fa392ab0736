// What a number becomes in f64, f32, bf16 and f16: exactly, with whole numbers of any size.
//
// A value is `{ kind: 'finite', negative, digits, scale }`, which is digits / 10^scale, or of the kind
// 'infinity' (with `negative`) or 'nan'. Every finite value of every format has such decimal digits.

export const formats = [
  { name: 'f64', exponentBits: 11, fractionBits: 52 },
  { name: 'f32', exponentBits: 8, fractionBits: 23 },
  { name: 'bf16', exponentBits: 8, fractionBits: 7 },
  { name: 'f16', exponentBits: 5, fractionBits: 10 },
];
const [f64] = formats;

/** No f64 has a digit beyond these, and a longer number would only keep the reader waiting. */
const LONGEST = 60;
const FARTHEST = 400;

/** The value of a number as Rust reads it, or null. */
export function parse(text) {
  const plain = text.trim().replaceAll('_', '');
  const word = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(plain);
  if (word) return word[2] ? { kind: 'infinity', negative: word[1] === '-' } : { kind: 'nan' };
  const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(plain);
  if (!number || plain.length > LONGEST) return null;
  const [, sign, whole, fraction = '', exponent = '0'] = number;
  if (!(whole + fraction) || Math.abs(Number(exponent)) > FARTHEST) return null;
  const scale = fraction.length - Number(exponent);
  return finite(sign === '-', BigInt(whole + fraction) * 10n ** BigInt(Math.max(-scale, 0)), Math.max(scale, 0));
}

const finite = (negative, digits, scale) => ({ kind: 'finite', negative, digits, scale });

const infinityBits = ({ exponentBits, fractionBits }) => ((1n << BigInt(exponentBits)) - 1n) << BigInt(fractionBits);
const signBit = ({ exponentBits, fractionBits }) => 1n << BigInt(exponentBits + fractionBits);
/** The exponent of the least normal value, and of all values below it. */
const leastExponent = ({ exponentBits }) => 2 - 2 ** (exponentBits - 1);

/** The bits of the nearest value of `format`; of two, the one that ends in 0. */
export function round(format, value) {
  const sign = value.negative ? signBit(format) : 0n;
  if (value.kind === 'nan') return infinityBits(format) | 1n << BigInt(format.fractionBits - 1);
  if (value.kind === 'infinity') return sign | infinityBits(format);
  if (value.digits === 0n) return sign;
  const above = value.digits;
  const below = 10n ** BigInt(value.scale);
  const least = leastExponent(format);
  // 2^exponent <= above / below < 2^(exponent + 1), by the lengths of both or one less.
  let exponent = above.toString(2).length - below.toString(2).length;
  if (shifted(above, -exponent) < shifted(below, exponent)) exponent -= 1;
  exponent = Math.max(exponent, least);
  const step = exponent - format.fractionBits;
  const [dividend, divisor] = [shifted(above, -step), shifted(below, step)];
  let count = dividend / divisor;
  const rest = 2n * (dividend % divisor);
  if (rest > divisor || (rest === divisor && count % 2n === 1n)) count += 1n;
  // A count that has grown by one digit carries into the exponent, and from the largest value to infinity.
  const bits = (BigInt(exponent - least) << BigInt(format.fractionBits)) + count;
  return sign | (bits < infinityBits(format) ? bits : infinityBits(format));
}

const shifted = (number, by) => by > 0 ? number << BigInt(by) : number;

/** The value that `bits` stand for. */
export function decode(format, bits) {
  const negative = (bits & signBit(format)) !== 0n;
  const rest = bits & (signBit(format) - 1n);
  if (rest > infinityBits(format)) return { kind: 'nan' };
  if (rest === infinityBits(format)) return { kind: 'infinity', negative };
  const fraction = rest & ((1n << BigInt(format.fractionBits)) - 1n);
  const exponent = Number(rest >> BigInt(format.fractionBits));
  const count = exponent === 0 ? fraction : fraction | 1n << BigInt(format.fractionBits);
  const step = Math.max(exponent - 1, 0) + leastExponent(format) - format.fractionBits;
  // 2^-n is 5^n / 10^n.
  return step < 0 ? finite(negative, count * 5n ** BigInt(-step), -step) : finite(negative, count << BigInt(step), 0);
}

/** The exact difference. */
export function subtract(from, what) {
  if (from.kind === 'nan' || what.kind === 'nan') return { kind: 'nan' };
  if (from.kind === 'infinity') {
    return what.kind === 'infinity' && what.negative === from.negative ? { kind: 'nan' } : from;
  }
  if (what.kind === 'infinity') return { kind: 'infinity', negative: !what.negative };
  const scale = Math.max(from.scale, what.scale);
  const signed = ({ negative, digits, scale: own }) => (negative ? -digits : digits) * 10n ** BigInt(scale - own);
  const difference = signed(from) - signed(what);
  if (difference === 0n) return finite(from.negative && !what.negative, 0n, 0);
  return finite(difference < 0n, difference < 0n ? -difference : difference, scale);
}

/** How far the next value is, away from 0: a value, which is infinite after the largest. */
export function stepAfter(format, bits) {
  const magnitude = bits & (signBit(format) - 1n);
  return subtract(decode(format, magnitude + 1n), decode(format, magnitude));
}

/** What can be done with a number and a reference; `store` leaves the reference alone. */
export const ways = {
  store: (format, number) => round(format, number),
  castFirst: (format, number, reference) => {
    const cast = (value) => decode(format, round(format, value));
    return round(format, subtract(cast(number), cast(reference)));
  },
  subtractFirst: (format, number, reference) => round(format, decode(f64, ways.castFirst(f64, number, reference))),
};

/** What each format makes of a number: its bits, the value that they are, its error, and the step there. */
export function rows(way, number, reference) {
  const wanted = way === 'store' ? number : subtract(number, reference);
  return formats.map((format) => {
    const bits = ways[way](format, number, reference);
    const stored = decode(format, bits);
    return { format, bits, wanted, stored, error: subtract(stored, wanted), step: stepAfter(format, bits) };
  });
}
