// Two texts in one batch, and an encoder so small that its numbers are points of a plane. What comes of each choice is
// compared with Rust (solutions/ch09-padding/tests/figure.rs).

/** What is done about padding: in the attention, and in the mean. */
export const variants = {
  shipped: { label: 'nothing, as shipped', attends: true, counts: true },
  wide: { label: 'nothing, and each row is 512 wide', attends: true, counts: true, width: 512 },
  mean: { label: 'it is left out of the mean only', attends: true, counts: false },
  both: { label: 'it is masked in the attention, and left out of the mean', attends: false, counts: false },
};

/** How many tokens the first text has. The second has as many as the reader says. */
export const TOKENS = 3;
/** The most that the second one may have. */
export const MOST = 12;

/** Where a row of padding alone is. */
export const padding = [90, 10];
/** Where the texts are alone: the means of their tokens. */
export const alone = [[20, 80], [70, 85]];
/** What the store has besides the first text. */
export const stored = [45, 58];

/** How many places each row of the batch has. */
export const widthOf = (variant, second) => variants[variant].width ?? Math.max(TOKENS, second);

/**
 * The vector of a text of `tokens` in a row of `width`. A place's row is half its own point, and half the mean of the points
 * that it attends to.
 */
function vector(variant, home, tokens, width) {
  const { attends, counts } = variants[variant];
  const part = (width - tokens) / width;
  const share = ((attends ? part : 0) + (counts ? part : 0)) / 2;
  return home.map((at, axis) => at + share * (padding[axis] - at));
}

/** The vectors of both texts. */
export function vectors(variant, second) {
  const width = widthOf(variant, second);
  return [vector(variant, alone[0], TOKENS, width), vector(variant, alone[1], second, width)];
}

const distance = ([x, y], [otherX, otherY]) => Math.hypot(x - otherX, y - otherY);

/** How far the first text's vector is from where it is alone. */
export const moved = (variant, second) => distance(vectors(variant, second)[0], alone[0]);

/** Whether a search with the first text still finds it. */
export function isFound(variant, second) {
  const [first] = vectors(variant, second);
  return distance(first, alone[0]) < distance(first, stored);
}

export const hasMoved = (variant, second) => moved(variant, second) > 0.05;

/** What has come of it, in words. */
export function outcome(variant, second) {
  const width = widthOf(variant, second);
  const count = width - TOKENS;
  const places = `${count} ${count === 1 ? 'place' : 'places'} of padding`;
  if (!count) return 'Text 1 has no padding: its vector is where it is alone.';
  if (!hasMoved(variant, second)) return `Text 1 has ${places}, and its vector is where it is alone.`;
  const found = isFound(variant, second) ? 'A search still finds it.' : 'A search finds another text.';
  return `Text 1 has ${places}, and its vector is ${moved(variant, second).toFixed(1)} away from where it is alone. ${found}`;
}
