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

export function verdict(found, choice) {
  const pair = `${choice.store} + ${choice.load}${choice.order === 'flag first' ? ', flag first' : ''}`;
  const fate = outcomes(found, choice).has(pitfall) ? 'a request may see ready and no weights'
    : 'a request that sees ready sees the weights';
  return `${pair}: ${fate}. ${why(choice)}`;
}

/** The step at `at`, counted from 0, in words. */
export function stepWords(steps, at) {
  const { who, does, misses } = steps[at];
  const said = `Step ${at + 1} of ${steps.length}, ${who}: ${does.replace(' -> ', ' and gets ')}.`;
  if (misses) return `${said} Step ${misses} is done, and nothing says that this load must see it.`;
  if (does.endsWith('-> none')) return `${said} Nobody has written them yet.`;
  return said;
}
