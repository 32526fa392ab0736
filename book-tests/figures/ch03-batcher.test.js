import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { MODEL_TAKES, batchers, fatesOf, outcome, pictures, placesInWords, settings } from '../../src/figures/ch03-batcher-logic.js';

// Written by solutions/ch03-batching/tests/timelines.rs from runs of both batchers.
const rust = JSON.parse(readFileSync(new URL('ch03-batcher.json', import.meta.url)));

const asRust = (fates) => fates.map(({ batch, leaves, answered }) =>
  (answered === undefined ? null : [batch, leaves, answered]));
const says = (code, setting) => outcome(code, setting, batchers[code](setting));

const range = ({ least, most, step }) => Array.from({ length: (most - least) / step + 1 }, (_, at) => least + at * step);

/** Every position of the four sliders, or those with these positions of the deadline's. */
function* positions(waits = range(settings.maxWait)) {
  for (const maxBatch of range(settings.maxBatch)) {
    for (const maxWait of waits) {
      for (const requests of range(settings.requests)) {
        for (const spacing of range(settings.spacing)) yield { maxBatch, maxWait, requests, spacing };
      }
    }
  }
}

test('both batchers do in the figure what they do in Rust', () => {
  assert.ok(rust.length >= 12);
  for (const { shipped, fixed, ...setting } of rust) {
    assert.deepEqual(asRust(batchers.shipped(setting)), shipped, JSON.stringify(setting));
    assert.deepEqual(asRust(batchers.fixed(setting)), fixed, JSON.stringify(setting));
  }
});

test('every setting that Rust ran can be chosen with the sliders', () => {
  for (const setting of rust) {
    for (const [name, { least, most, step }] of Object.entries(settings)) {
      const value = setting[name];
      assert.ok(value >= least && value <= most && (value - least) % step === 0, `${name} ${value}`);
    }
  }
});

test('wherever the sliders stand, the shipped batcher answers full batches and no others', () => {
  for (const setting of positions()) {
    const answered = batchers.shipped(setting).filter((fate) => fate.answered !== undefined).length;
    assert.equal(answered, setting.requests - setting.requests % setting.maxBatch);
  }
});

test('wherever the sliders stand, the fixed batcher answers within max_wait and the model\'s time', () => {
  for (const setting of positions()) {
    const fates = batchers.fixed(setting);
    assert.equal(fates.length, setting.requests);
    for (const { arrives, answered } of fates) assert.ok(answered - arrives <= setting.maxWait + MODEL_TAKES);
  }
});

test('no slider brings a request in the very moment of a deadline, where either order would be right', () => {
  for (const { maxWait, requests, spacing } of positions()) {
    for (let request = 0; request < requests; request += 1) assert.notEqual(request * spacing, maxWait);
  }
});

test('the words name those who wait for ever', () => {
  const five = { maxBatch: 3, maxWait: 25, requests: 5, spacing: 4 };
  assert.equal(says('shipped', five),
    'Requests 4 and 5 wait for ever: the batch holds 2 of 3, and no client sends another.');
  assert.match(says('shipped', { ...five, requests: 4 }), /^Request 4 waits for ever: the batch holds 1 of 3/);
  assert.match(says('shipped', { ...five, requests: 6 }), /^All 6 requests are answered, in 2 batches.*multiple of 3/);
  assert.equal(says('fixed', five), 'All 5 requests are answered, in 2 batches; the longest wait is 32 ms, 7 of it at the model. '
    + 'No request waits longer than max_wait, 25 ms, for its batch to leave.');
  assert.match(says('fixed', { ...five, requests: 1 }), /^The request is answered, in 1 batch;/);
});

test('in every picture of every run no batch has more requests than seats, and no request goes back a step', () => {
  const way = ['to come', 'queued', 'batch', 'model', 'answered'];
  for (const setting of positions([5, 25])) {
    const all = pictures(fatesOf(setting));
    for (const code of Object.keys(batchers)) {
      all.forEach(({ [code]: places }, at) => {
        assert.ok(places.filter((place) => place === 'batch').length <= setting.maxBatch, JSON.stringify(setting));
        if (at) places.forEach((place, one) => assert.ok(way.indexOf(place) >= way.indexOf(all[at - 1][code][one])));
      });
    }
  }
});

test('the last picture shows who waits for ever, if any request does', () => {
  for (const setting of positions([5, 25])) {
    const last = pictures(fatesOf(setting)).at(-1);
    const isStuck = batchers.shipped(setting).map(({ answered }) => answered === undefined);
    assert.equal(last.time === Infinity, isStuck.includes(true), JSON.stringify(setting));
    assert.deepEqual(last.shipped, isStuck.map((stuck) => (stuck ? 'batch' : 'answered')));
    assert.ok(last.fixed.every((place) => place === 'answered'));
  }
});

test('a picture holds each request where the run has it', () => {
  const all = pictures(fatesOf({ maxBatch: 3, maxWait: 25, requests: 5, spacing: 4 }));
  const at = (time, isAfter) => all.find((one) => one.time === time && one.isAfter === isAfter);
  assert.deepEqual(at(8, false).shipped, ['batch', 'batch', 'batch', 'to come', 'to come']);
  assert.deepEqual(at(8, true).shipped, ['model', 'model', 'model', 'to come', 'to come']);
  assert.deepEqual(at(12, false).shipped, ['model', 'model', 'model', 'queued', 'to come'], 'nothing is collected while the model runs');
  assert.deepEqual(at(12, false).fixed, ['model', 'model', 'model', 'batch', 'to come']);
  assert.deepEqual(at(37, true).fixed, ['answered', 'answered', 'answered', 'model', 'model']);
  assert.equal(placesInWords(at(12, false).shipped), '1 in the queue, 3 at the model');
});
