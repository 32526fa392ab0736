// From a text to its tokens, as `models/tokenizer.json` says: the part of the `tokenizers` crate that this file uses.
// Compared with that crate (solutions/ch06-tokenizer/tests/bench.rs). The tables of characters are the browser's.

const isChinese = (code) => [
  [0x4e00, 0x9fff], [0x3400, 0x4dbf], [0x20000, 0x2a6df], [0x2a700, 0x2b73f], [0x2b740, 0x2b81f], [0x2b920, 0x2ceaf],
  [0xf900, 0xfaff], [0x2f800, 0x2fa1f],
].some(([from, to]) => code >= from && code <= to);

/** `BertNormalizer`: no control characters, Chinese characters apart, no accents, lower case. */
export function normalize(text) {
  const clean = text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\ufffd]/gu, '')
    .replace(/\p{White_Space}/gu, ' ');
  const apart = [...clean].map((char) => (isChinese(char.codePointAt(0)) ? ` ${char} ` : char)).join('');
  const plain = apart.normalize('NFD').replace(/\p{Mn}/gu, '');
  // Each character by itself: of a whole word, the last sigma would become another letter.
  return [...plain].map((char) => char.toLowerCase()).join('');
}

/** `BertPreTokenizer`: words, and each punctuation mark as a word of its own. */
export const words = (text) => text.match(/[\p{P}$+<=>^`|~]|[^\p{White_Space}\p{P}$+<=>^`|~]+/gu) ?? [];

/** `WordPiece`: the longest known piece first; a word with an unknown rest is unknown as a whole. */
function pieces(word, { ids, unknown, prefix, longestWord }) {
  const chars = [...word];
  if (chars.length > longestWord) return [unknown];
  const found = [];
  for (let start = 0; start < chars.length;) {
    let end = chars.length;
    const piece = () => (start ? prefix : '') + chars.slice(start, end).join('');
    while (end > start && !ids.has(piece())) end -= 1;
    if (end === start) return [unknown];
    found.push(piece());
    start = end;
  }
  return found;
}

/** What `ch06-bench.json` holds, made ready to be searched. */
export function load({ vocabulary, ...rest }) {
  return { ...rest, vocabulary, ids: new Map(vocabulary.map((token, id) => [token, id])) };
}

/** The tokens of `text`, without those that are put around it. */
export function tokenize(text, tokenizer) {
  const added = tokenizer.added.map((token) => token.replace(/[[\]]/g, '\\$&')).join('|');
  // An added token is found in the text as it is written; every other part is normalized.
  return text.split(new RegExp(`(${added})`)).flatMap((part, at) => (
    at % 2 ? [part] : words(normalize(part)).flatMap((word) => pieces(word, tokenizer))
  ));
}
