import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { accesses, happensBefore, options, outcomes, pitfall, shipped, sights, stepWords, verdict, why } from '../../src/figures/ch02-orderings-logic.js';

// Written by solutions/ch02-ordering/tests/orderings.rs from loom's runs.
const found = JSON.parse(readFileSync(new URL('../../src/figures/ch02-orderings.json', import.meta.url)));

const choices = options.store.flatMap((store) => options.load.flatMap((load) =>
  options.order.map((order) => ({ store, load, order }))));
const mayMiss = (choice) => outcomes(found, choice).has(pitfall);

test('loom ran each choice once', () => {
  assert.equal(choices.length, 18);
  assert.equal(found.length, 18);
  for (const choice of choices) assert.ok(outcomes(found, choice).size);
});

test('whatever is chosen, a request may see not ready, and ready with the weights', () => {
  for (const choice of choices) {
    const seen = [...outcomes(found, choice).keys()];
    assert.deepEqual(seen, sights.slice(0, seen.length), JSON.stringify(choice));
    assert.ok(seen.length >= 2);
  }
});

test('a request may see ready and no weights, unless data comes first, the store releases and the load acquires', () => {
  const cured = choices.filter((choice) => !mayMiss(choice));
  assert.deepEqual(cured.map(({ store, load, order }) => `${store} + ${load}, ${order}`), [
    'Release + Acquire, data first', 'Release + SeqCst, data first',
    'SeqCst + Acquire, data first', 'SeqCst + SeqCst, data first',
  ]);
});

test('the shipped choice has the pitfall', () => {
  assert.ok(mayMiss(shipped));
});

test('the reason says that the load brings what was written where loom found no pitfall, and nowhere else', () => {
  for (const choice of choices) {
    assert.equal(why(choice).startsWith('The load that sees the store brings'), !mayMiss(choice), JSON.stringify(choice));
  }
});

test('each run ends as its name says', () => {
  for (const choice of choices) {
    for (const [sees, steps] of outcomes(found, choice)) {
      const did = steps.filter(({ who }) => who === 'request').map(({ does }) => does.split(' -> ')[1]);
      const expected = { [sights[0]]: ['false'], [sights[1]]: ['true', 'version 1'], [sights[2]]: ['true', 'none'] };
      assert.deepEqual(did, expected[sees]);
      const stores = steps.filter(({ who }) => who === 'loader').map(({ does }) => does);
      const data = 'writes `weights`';
      const flag = `ready.store(true, ${choice.store})`;
      assert.deepEqual(stores, choice.order === 'data first' ? [data, flag] : [flag, data]);
    }
  }
});

test('with the data first the weights are missed although they are written, with the flag first because they are not', () => {
  for (const choice of choices.filter(mayMiss)) {
    const steps = outcomes(found, choice).get(pitfall);
    const read = steps.findIndex(({ does }) => does.endsWith('-> none'));
    const isWritten = steps.slice(0, read).some(({ does }) => does === 'writes `weights`');
    assert.equal(isWritten, choice.order === 'data first');
    assert.equal(steps[read].misses, choice.order === 'data first' ? 1 : undefined);
  }
});

test('the words name the pair and what it lets a request see', () => {
  const says = (store, load, order = 'data first') => verdict(found, { store, load, order });
  assert.equal(says('Relaxed', 'Relaxed'),
    'Relaxed + Relaxed: a request may see ready and no weights. Relaxed orders ready, and no other memory.');
  assert.match(says('Release', 'Relaxed'), /^Release \+ Relaxed: a request may see ready and no weights\. A release does nothing/);
  assert.match(says('Relaxed', 'SeqCst'), /no weights\. An acquire of a relaxed store acquires nothing\.$/);
  assert.equal(says('Release', 'Acquire'), 'Release + Acquire: a request that sees ready sees the weights. '
    + 'The load that sees the store brings all that was written before it.');
  assert.match(says('SeqCst', 'SeqCst'), /Release and Acquire are enough for that\.$/);
  assert.match(says('SeqCst', 'SeqCst', 'flag first'), /^SeqCst \+ SeqCst, flag first: a request may see ready and no weights\./);
  const steps = outcomes(found, shipped).get(pitfall);
  assert.equal(stepWords(steps, 3), 'Step 4 of 4, request: reads `weights` and gets none. '
    + 'Step 1 is done, and nothing says that this load must see it.');
  assert.equal(stepWords(steps, 0), 'Step 1 of 4, loader: writes `weights`.');
});

const runs = choices.flatMap((choice) => [...outcomes(found, choice)].map(([sees, steps]) => ({ choice, sees, steps })));

test('an arrow to a read comes from the write that it read, or from the value at first', () => {
  for (const { steps } of runs) {
    const all = accesses(steps);
    for (const { reads, from, memory } of all) {
      if (reads === undefined) continue;
      const value = from === -1 ? { ready: 'false', weights: 'none' }[memory] : all[from].writes;
      assert.equal(value, reads);
    }
  }
});

test('a stale read is one that misses a write: the one that loom names', () => {
  for (const { steps } of runs) {
    accesses(steps).forEach(({ isStale }, at) => assert.equal(Boolean(isStale), steps[at].misses !== undefined));
  }
});

test('where the happens-before edge is drawn no request misses weights that were written before the store', () => {
  for (const { choice, sees, steps } of runs) {
    const edge = happensBefore(choice, steps);
    if (sees === sights[0]) assert.equal(edge, null);
    if (!edge) continue;
    const [from, to] = edge;
    assert.match(steps[from].does, /store\(true, (Release|SeqCst)\)/);
    assert.match(steps[to].does, /load\((Acquire|SeqCst)\) -> true/);
    const weights = steps.findIndex(({ does }) => does === 'writes `weights`');
    if (weights < from) assert.equal(sees, sights[1], JSON.stringify(choice));
  }
});
