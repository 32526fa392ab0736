// Which chapter a symptom or an error message leads to: by the words that each chapter.toml has for it.

/** Words that every sentence has. */
const COMMON = new Set(('a an and are as at be been but by can did do does for from get gets got had has have how i if in '
  + 'into is it its me my no nor of on or our so than that the their then there they this to too was we were what when '
  + 'which while who why will with you your').split(' '));

/** A word without its ending: `batches` and `batching` are both `batch`. */
function stem(word) {
  if (word.length < 5 || /\d/.test(word)) return word;
  const cut = word.replace(/(ations?|ings?|ions?|edly|ed|es|s|ly)$/, '');
  return (cut.length < 3 ? word : cut).replace(/([^aeiou])e$/, '$1');
}

/**
 * The words of a text, each once. A name of code, `SendError` or `spawn_blocking`, is a word as a whole, and so are its
 * parts.
 */
export function wordsOf(text) {
  const words = new Set();
  for (const [name] of text.matchAll(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}\p{P}]/gu)) {
    const parts = name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2').toLowerCase().split('_').filter(Boolean);
    for (const part of parts) if (!COMMON.has(part)) words.add(stem(part));
    if (parts.length > 1) words.add(parts.join(''));
  }
  return words;
}

/** How well `word` of a question matches one of `words`: whole, by its beginning, or not. */
function likeness(word, words) {
  if (words.has(word)) return 1;
  if (word.length < 5) return 0;
  for (const other of words) if (other.length >= 5 && (other.startsWith(word) || word.startsWith(other))) return 0.6;
  return 0;
}

const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

/**
 * Reads `src/facts/symptoms.json`. What is found for a question is a list, the best first, of `{ chapter, symptom }` or
 * `{ topic }`, for what is outside of the book; it is empty where no word is known.
 */
export function finder({ chapters, outside }) {
  const places = [
    ...chapters.map((chapter) => ({
      found: { chapter }, lines: chapter.symptoms, phrases: [...chapter.also_called, chapter.subject, chapter.title],
    })),
    ...outside.map((topic) => ({ found: { topic }, lines: [], phrases: [...topic.words, topic.title] })),
  ].map(({ found, lines, phrases }) => ({
    found,
    lines: lines.map((line) => ({ line, words: wordsOf(line) })),
    phrases: phrases.map(wordsOf),
  }));
  for (const place of places) {
    place.words = new Set([...place.lines.map(({ words }) => words), ...place.phrases].flatMap((words) => [...words]));
  }

  /** A word that few places have says more. */
  function weight(word) {
    const known = places.filter(({ words }) => likeness(word, words)).length;
    return known ? Math.log(1 + places.length / known) : 0;
  }

  function score(place, asked) {
    const overlap = (words) => sum([...asked].map(([word, worth]) => worth * likeness(word, words)));
    const isAsked = (words) => [...words].every((word) => asked.has(word));
    // Words that stand together in one line say more than the same words in several.
    const best = Math.max(0, ...place.lines.map(({ words }) => overlap(words)), ...place.phrases.map(overlap));
    const phrases = place.phrases.filter((words) => words.size && isAsked(words));
    return overlap(place.words) + best + sum(phrases.map(overlap));
  }

  return (question) => {
    const asked = new Map([...wordsOf(question)].map((word) => [word, weight(word)]).filter(([, worth]) => worth));
    const scored = places.map((place) => ({ place, score: score(place, asked) })).filter(({ score: points }) => points > 0);
    scored.sort((one, other) => other.score - one.score);
    return scored.filter((each) => each.score > scored[0].score * 0.4).slice(0, 3).map(({ place }) => {
      if (!place.found.chapter) return place.found;
      const overlap = ({ words }) => sum([...asked].map(([word, worth]) => worth * likeness(word, words)));
      const line = place.lines.reduce((one, other) => (overlap(other) > overlap(one) ? other : one));
      return { ...place.found, symptom: line.line };
    });
  };
}
