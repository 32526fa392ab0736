// What loom found for each choice of orderings, in words. What a request may see comes from loom's runs alone
// (ch02-orderings.json, written by solutions/ch02-ordering/tests/orderings.rs); here is only why.

export const options = {
  store: ['Relaxed', 'Release', 'SeqCst'],
  load: ['Relaxed', 'Acquire', 'SeqCst'],
  order: ['data first', 'flag first'],
};

/** As chapter 2 is shipped. */
export const shipped = { store: 'Relaxed', load: 'Relaxed', order: 'data first' };

export const sights = ['not ready', 'ready, with the weights', 'ready, without the weights'];
export const pitfall = 'ready, without the weights';

/** The outcomes of `choice`: what is seen, and the steps of a run that shows it. */
export function outcomes(found, choice) {
  const entry = found.find((one) => Object.keys(options).every((name) => one[name] === choice[name]));
  return new Map(entry.outcomes.map(({ sees, steps }) => [sees, steps]));
}

/** What the orderings of `choice` do, as the standard has it. */
export function why({ store, load, order }) {
  if (order === 'flag first') return 'No ordering covers a write that comes after the store.';
  const [releases, acquires] = [store !== 'Relaxed', load !== 'Relaxed'];
  if (releases && acquires) {
    const enough = store === 'Release' && load === 'Acquire' ? '' : ' Release and Acquire are enough for that.';
    return `The load that sees the store brings all that was written before it.${enough}`;
  }
  if (releases) return 'A release does nothing for a load that does not acquire it.';
  if (acquires) return 'An acquire of a relaxed store acquires nothing.';
  return 'Relaxed orders ready, and no other memory.';
}

/** The pair of orderings in short: `Release + Acquire`. */
export const pairOf = ({ store, load }) => `${store} + ${load}`;

/**
 * What a run draws of the step at each place: `{ who, memory, writes }` or `{ who, memory, reads, from }`. `from` is the step,
 * counted from 0, that wrote what is read, or -1 for what was there at first; `isStale` says that something newer was there.
 */
export function accesses(steps) {
  const writer = new Map();
  return steps.map(({ who, does }, at) => {
    const memory = does.includes('ready') ? 'ready' : 'weights';
    const [, read] = does.split(' -> ');
    if (read === undefined) {
      writer.set(memory, at);
      return { who, memory, writes: memory === 'ready' ? 'true' : 'version 1' };
    }
    const from = read === 'true' || read === 'version 1' ? writer.get(memory) : -1;
    return { who, memory, reads: read, from, isStale: from === -1 && writer.has(memory) };
  });
}

/** The happens-before edge of a run, `[from, to]` in steps, or null: a release store, and an acquire load that sees it. */
export function happensBefore({ store, load }, steps) {
  if (store === 'Relaxed' || load === 'Relaxed') return null;
  const to = steps.findIndex(({ does }) => does.endsWith('-> true'));
  return to === -1 ? null : [accesses(steps)[to].from, to];
}

export function verdict(found, choice) {
  const pair = `${pairOf(choice)}${choice.order === 'flag first' ? ', flag first' : ''}`;
  const fate = outcomes(found, choice).has(pitfall) ? 'a request may see ready and no weights'
    : 'a request that sees ready sees the weights';
  return `${pair}: ${fate}. ${why(choice)}`;
}

/** The step at `at`, counted from 0, in words. */
export function stepWords(steps, at) {
  const { who, does, misses } = steps[at];
  const said = `Step ${at + 1} of ${steps.length}, ${who}: ${does.replace(' -> ', ' and gets ')}.`;
  if (misses) return `${said} Step ${misses} is done, and nothing says that this load must see it.`;
  if (does.endsWith('-> none')) return `${said} They are not written yet.`;
  return said;
}
