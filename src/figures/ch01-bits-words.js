// How the figure of chapter 1 says a value, and what became of it.

const isZero = (value) => value.kind === 'finite' && value.digits === 0n;
const isWhole = ({ kind, digits, scale }) => kind === 'finite' && digits % 10n ** BigInt(scale) === 0n;

/** A value in decimal digits: all of them, or the first few of what is longer than `longest`. */
export function inDigits(value, longest = 60) {
  if (value.kind === 'nan') return 'NaN';
  const sign = value.negative ? '-' : '';
  if (value.kind === 'infinity') return `${sign}infinity`;
  const padded = String(value.digits).padStart(value.scale + 1, '0');
  const whole = padded.slice(0, padded.length - value.scale);
  const fraction = padded.slice(padded.length - value.scale).replace(/0+$/, '');
  const plain = sign + whole + (fraction && `.${fraction}`);
  if (plain.length <= longest) return plain;
  const digits = String(value.digits);
  return `about ${sign}${digits[0]}.${digits.slice(1, 6)}e${digits.length - 1 - value.scale}`;
}

/** The bits of a value as text, in their three parts. */
export function inBits({ exponentBits, fractionBits }, bits) {
  const all = bits.toString(2).padStart(1 + exponentBits + fractionBits, '0');
  return { sign: all[0], exponent: all.slice(1, 1 + exponentBits), fraction: all.slice(1 + exponentBits) };
}

/** In one or two words, what became of a number. */
export function fate({ wanted, stored, error }) {
  if (stored.kind === 'nan') return 'NaN';
  if (stored.kind === 'infinity') return 'infinity';
  if (isZero(error)) return 'exact';
  if (isZero(stored)) return '0';
  return isWhole(wanted) && wanted.digits !== 0n ? 'another number' : 'rounded';
}

/** How far off a value is. */
export const offBy = ({ error }) => isZero(error) ? '0' : inDigits(error, 24);

/** The step to the next value: there is none to infinity, nor from it. */
export const stepIs = (step) => step.kind === 'finite' ? inDigits(step, 24) : 'none';

const listed = (names) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** What happened, in sentences: first of f32, then of all four. */
export function outcome(way, all) {
  const f32 = all.find((row) => row.format.name === 'f32');
  const what = way === 'store' ? inDigits(f32.wanted, 40) : `the difference ${inDigits(f32.wanted, 40)}`;
  const becomes = inDigits(f32.stored, 40);
  const sentences = {
    exact: `f32 holds ${what} exactly.`,
    rounded: `f32 makes ${what} into ${becomes}: off by ${offBy(f32)}.`,
    'another number': `f32 makes ${what} into ${becomes}: an id would now be another one.`,
    0: `f32 makes ${what} into 0: nothing of it is left.`,
    infinity: `f32 makes ${what} into ${becomes}: above its largest value there is nothing else.`,
    NaN: way === 'store' ? 'f32 holds NaN, and computes on with it.'
      : `f32 makes ${what} into NaN: what has a NaN in it is NaN, and so is infinity minus infinity.`,
  };
  if (f32.wanted.kind === 'infinity') sentences.infinity = `f32 holds ${becomes}.`;
  const alike = new Map();
  for (const row of all) alike.set(fate(row), [...(alike.get(fate(row)) ?? []), row.format.name]);
  const each = [...alike].map(([word, names]) => `${word} in ${listed(names)}`);
  return `${sentences[fate(f32)]} All four: ${each.join('; ')}.`;
}
