// A search by the bundled encoder's hidden states, with one part of the recipe forgotten. What is found is compared with Rust
// (solutions/ch08-recipe/tests/figure.rs).

/** As in the run in Rust: the first is what the query asks for. */
export const passages = [
  'the actors were good', 'a boring story, and a dreadful end', 'the music was awful', 'a wonderful film',
];
export const query = 'actors';
export const prefix = 'search: ';

const right = { prefix, pooling: 'mean', normalize: true };

/** What is forgotten, and by whom: `stored(at)` is the recipe of a passage, `asked` that of the query. */
export const cases = {
  nothing: { label: 'nothing', stored: () => right, asked: right },
  prefix: { label: 'the prefix of the query', stored: () => right, asked: { ...right, prefix: '' } },
  pooling: { label: 'the pooling: the query takes the first token', stored: () => right, asked: { ...right, pooling: 'first' } },
  old: {
    label: 'two old passages, which took the first token',
    stored: (at) => (at < 2 ? { ...right, pooling: 'first' } : right),
    asked: right,
  },
  length: {
    label: 'length 1, everywhere',
    stored: () => ({ ...right, normalize: false }),
    asked: { ...right, normalize: false },
  },
};

const dot = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);

/** One vector for all hidden states of a text. */
export function vector(states, { pooling, normalize }) {
  const pooled = pooling === 'first'
    ? states[0]
    : states[0].map((_, axis) => states.reduce((sum, state) => sum + state[axis], 0) / states.length);
  if (!normalize) return pooled;
  const length = Math.sqrt(dot(pooled, pooled));
  return pooled.map((value) => value / length);
}

const isSame = (one, other) => one.prefix === other.prefix && one.pooling === other.pooling && one.normalize === other.normalize;

/**
 * The passages, the best first, with their scores; whether each is of the query's recipe; and whether a store that compares
 * fingerprints refuses the query. `data` is `ch08-search.json`.
 */
export function search(data, forgotten) {
  const { stored, asked } = cases[forgotten];
  const asks = vector(data[asked.prefix + query], asked);
  const hits = passages.map((text, at) => ({
    text, score: dot(vector(data[text], stored(at)), asks), isOther: !isSame(stored(at), asked),
  }));
  return { hits: hits.sort((one, other) => other.score - one.score), refused: hits.some(({ isOther }) => isOther) };
}

/** What has come of it, in words. */
export function fate(data, forgotten, compares) {
  const { hits, refused } = search(data, forgotten);
  if (compares && refused) {
    const others = hits.filter(({ isOther }) => isOther).length;
    return `Refused: OtherRecipe. ${others} of ${hits.length} vectors have another recipe's name. Nobody reads a wrong hit.`;
  }
  const found = `The best hit is "${hits[0].text}", with ${hits[0].score.toFixed(3)}.`;
  if (hits[0].text === passages[0]) return `${found} That is what was asked for.`;
  const silence = refused ? 'Nothing says that the recipes differ.' : 'All vectors have one recipe, and it is not the makers\' one.';
  return `${found} That is not about actors. ${silence}`;
}
