// How long a reader has worked on a chapter. No DOM here.

/** Longer than this without a change is a break. */
const pause = 5 * 60_000;

export const notBegun = { spent: 0, last: null };

/** `now` in milliseconds: something was typed, saved or checked. */
export function worked({ spent, last }, now) {
  const since = last === null ? 0 : now - last;
  return { spent: spent + (since > 0 && since <= pause ? since : 0), last: now };
}

export const minutes = ({ spent }) => spent / 60_000;
