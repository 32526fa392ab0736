// Two requests and one tokenizer, step by step: what it is set to, what each request gets, and what is to be said of
// it. Compared with the `tokenizers` crate (solutions/ch06-tokenizer/tests/bench.rs).

import { tokenize } from './ch06-bench-encode.js';

/** What a request asks for: `limit` in tokens or null; `padding` to a length, `'longest'` of its batch, or null. */
export const defaults = {
  1: { texts: ['a boring story and a dreadful end'], limit: 9, padding: null },
  2: { texts: ['a wonderful film'], limit: 5, padding: 8 },
};

const other = (number) => 3 - number;
const nothing = { limit: null, padding: null };

/** No request has set anything: the bundled file has neither a limit nor padding. `travels`: settings go with a request. */
export function begin(tokenizer, requests, travels) {
  return { tokenizer, requests, travels, set: nothing, setBy: nothing, rows: {}, cut: {}, left: {}, used: {}, last: null };
}

/** `number` writes its settings. What it does not ask for stays as it is, as in the shipped service. */
export function sets(state, number) {
  if (state.travels) return { ...state, last: { number, does: 'sets' } };
  const set = { ...state.set };
  const setBy = { ...state.setBy };
  for (const key of ['limit', 'padding']) {
    if (state.requests[number][key] === null) continue;
    set[key] = state.requests[number][key];
    setBy[key] = number;
  }
  return { ...state, set, setBy, last: { number, does: 'sets' } };
}

/** One row of tokens for each text, cut and padded. */
export function encodeBatch(tokenizer, texts, { limit, padding }) {
  const around = [tokenizer.before, tokenizer.after].length;
  const rows = texts.map((text) => {
    const tokens = tokenize(text, tokenizer);
    return [tokenizer.before, ...tokens.slice(0, limit === null ? undefined : limit - around), tokenizer.after];
  });
  const length = padding === 'longest' ? Math.max(...rows.map((row) => row.length)) : padding ?? 0;
  return rows.map((row) => [...row, ...Array(Math.max(0, length - row.length)).fill(tokenizer.pad)]);
}

/**
 * What becomes of each token of a row: `{ token, kind }`, where the kind is 'kept', 'cut' or 'pad', in the order in which a reader
 * sees them: what is cut stands where it stood.
 */
export function cutting(tokenizer, text, { limit }, padTo) {
  const [whole] = encodeBatch(tokenizer, [text], nothing);
  const kept = limit === null ? whole.length : Math.min(limit, whole.length);
  const parts = whole.map((token, at) => {
    const isLast = at === whole.length - 1;
    return { token, kind: isLast || at < kept - 1 ? 'kept' : 'cut' };
  });
  return [...parts, ...Array(Math.max(0, padTo - kept)).fill({ token: tokenizer.pad, kind: 'pad' })];
}

/** The rows of a batch with what is cut from each, and padded as `settings` say. */
export function cuttings(tokenizer, texts, settings) {
  const rows = encodeBatch(tokenizer, texts, settings);
  return texts.map((text, at) => cutting(tokenizer, text, settings, rows[at].length));
}

/** How many tokens the longest of the texts has, uncut. */
export const longest = (tokenizer, texts) => Math.max(...encodeBatch(tokenizer, texts, nothing).map((row) => row.length));

/** `number` has its texts encoded: with its own settings if they travel, else with whatever is set. */
export function encodes(state, number) {
  const { tokenizer, requests, travels } = state;
  const { texts } = requests[number];
  const used = travels ? requests[number] : state.set;
  const whole = encodeBatch(tokenizer, texts, nothing).flat().length;
  const kept = encodeBatch(tokenizer, texts, { limit: used.limit, padding: null }).flat().length;
  return {
    ...state,
    rows: { ...state.rows, [number]: encodeBatch(tokenizer, texts, used) },
    left: { ...state.left, [number]: whole - kept },
    cut: { ...state.cut, [number]: cuttings(tokenizer, texts, used) },
    used: { ...state.used, [number]: { ...used, setBy: state.setBy } },
    last: { number, does: 'encodes' },
  };
}

export const limitWords = (limit) => (limit === null ? 'no limit' : `a limit of ${limit} tokens`);
export const paddingWords = (padding) => {
  if (padding === null) return 'no padding';
  return padding === 'longest' ? 'padding to the longest of a batch' : `padding to ${padding} tokens`;
};
const tokens = (count) => (count === 1 ? '1 token of its text' : `${count} tokens of its text`);
const were = (count) => (count === 1 ? 'was' : 'were');

const lengths = (rows) => rows.map((row) => row.length).join(' ');

/** What is wrong with the answer of `number`, a sentence each. */
export function problems(state, number) {
  const { tokenizer, requests, used, left } = state;
  const asked = requests[number];
  const got = used[number];
  const encoded = (settings) => lengths(encodeBatch(tokenizer, asked.texts, settings));
  const found = [];
  const whose = (key) => (got.setBy[key] === null ? 'for no request has set it' : `as request ${got.setBy[key]} set it`);
  const lost = left[number];
  if (encoded({ limit: got.limit, padding: null }) !== encoded({ limit: asked.limit, padding: null })) {
    found.push(`Request ${number} asked for ${limitWords(asked.limit)} and got ${limitWords(got.limit)}, ${whose('limit')}.`
      + `${lost ? ` ${tokens(lost)} ${were(lost)} cut, and no answer says so.` : ''}`);
  } else if (lost && !state.travels) {
    found.push(`Request ${number} got the limit that it asked for: ${tokens(lost)} ${were(lost)} cut, and no answer says so.`);
  }
  if (encoded(got) !== encoded({ limit: got.limit, padding: asked.padding })) {
    found.push(`Request ${number} asked for ${paddingWords(asked.padding)} and got ${paddingWords(got.padding)}, `
      + `${whose('padding')}.`);
  }
  return found;
}

/** What `number` has got, in words; null before it was encoded. */
export function answer(state, number) {
  if (!state.rows[number]) return null;
  const found = problems(state, number);
  if (found.length) return found.join(' ');
  const lost = state.left[number];
  const said = lost ? ` ${tokens(lost)} ${were(lost)} left out, and its answer says so.` : '';
  return `Request ${number} got what it asked for.${said}`;
}

export const isWrong = (state, number) => Boolean(state.rows[number]) && problems(state, number).length > 0;

/** Which request has the step: each sets first and encodes then. */
export const orders = [[1, 1, 2, 2], [1, 2, 1, 2], [1, 2, 2, 1], [2, 1, 1, 2], [2, 1, 2, 1], [2, 2, 1, 1]];

/** The state after all steps of `order`. */
export function play(start, order) {
  const hasSet = new Set();
  return order.reduce((state, number) => {
    if (hasSet.has(number)) return encodes(state, number);
    hasSet.add(number);
    return sets(state, number);
  }, start);
}

/** In how many of the orders a request does not get what it asked for, or loses tokens without a word. */
export function countWords({ tokenizer, requests, travels }) {
  const start = begin(tokenizer, requests, travels);
  const wrong = orders.map((order) => play(start, order)).filter((end) => isWrong(end, 1) || isWrong(end, 2)).length;
  return `Of the ${orders.length} orders in which each sets before it encodes, `
    + `${wrong === 0 ? 'none goes' : wrong === 1 ? '1 goes' : `${wrong} go`} wrong.`;
}

/** What the tokenizer is set to now, in words. */
export function settingsWords({ set, setBy }) {
  const by = (key) => (setBy[key] === null ? '' : `, set by request ${setBy[key]}`);
  return `${limitWords(set.limit)}${by('limit')}; ${paddingWords(set.padding)}${by('padding')}.`;
}

/** What has come of the steps so far, in words. */
export function fate(state) {
  const { last, travels, requests, rows } = state;
  if (!last) return travels ? 'No request writes to the tokenizer.' : 'No request has set anything.';
  const answers = [last.number, other(last.number)].map((number) => answer(state, number)).filter(Boolean);
  const setWords = () => {
    if (travels) return `Request ${last.number} has its settings with it and sets nothing.`;
    const { limit, padding } = requests[last.number];
    const wrote = [limit === null ? '' : limitWords(limit), padding === null ? '' : paddingWords(padding)].filter(Boolean);
    return wrote.length ? `Request ${last.number} sets ${wrote.join(' and ')}.`
      : `Request ${last.number} asks for nothing, and leaves the tokenizer as it is.`;
  };
  return [
    ...(last.does === 'sets' ? [setWords()] : []), ...answers, ...(rows[1] && rows[2] ? [countWords(state)] : []),
  ].join(' ');
}
