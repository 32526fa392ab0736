import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  begin, count, countWords, fate, hasEnded, isWrong, requests, shortestWrong, step, variants, waitWords, waits, walk,
} from '../../src/figures/ch04-buffer-logic.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');

// Written by solutions/ch04-state/tests/orders.rs from runs of three classifiers.
const rust = JSON.parse(read('ch04-buffer.json'));

const play = (variant, order) => [...order].map(Number).reduce(step, begin(variant));
const complete = (variant) => [...walk(variant)].filter(([order]) => order.length === 6);

test('in each order both requests run on the ids that they run on in Rust', () => {
  for (const { variant, order, ranOn } of rust) {
    assert.deepEqual(play(variant, order).ranOn, { 1: ranOn['1'], 2: ranOn['2'] }, `${variant} ${order}`);
  }
});

test('the orders that the figure allows are those that Rust can play', () => {
  for (const variant of Object.keys(variants)) {
    const here = complete(variant).map(([order]) => order.join('')).sort();
    const there = rust.filter((row) => row.variant === variant).map(({ order }) => order).sort();
    assert.deepEqual(here, there, variant);
  }
});

test('as shipped 1 of 2 orders goes wrong, with a lock for each field 16 of 20, with a buffer for each request none', () => {
  assert.deepEqual(count('shipped'), { all: 2, wrong: 1 });
  assert.deepEqual(count('locks'), { all: 20, wrong: 16 });
  assert.deepEqual(count('own'), { all: 20, wrong: 0 });
  assert.equal(countWords('shipped'), 'With &mut self one request ends before the other begins: of 2 orders, 1 goes wrong.');
  assert.equal(countWords('locks'), 'Of the 20 orders of these steps, 16 go wrong.');
  assert.equal(countWords('own'), 'Of the 20 orders of these steps, none goes wrong.');
});

test('with a lock for each field it goes right only if request 2 has run before request 1 calls', () => {
  for (const [order, state] of complete('locks')) {
    const isRight = !isWrong(state, 1) && !isWrong(state, 2);
    const ranBefore = order.slice(0, order.indexOf(1)).filter((number) => number === 2).length >= 2;
    assert.equal(isRight, ranBefore, order.join(''));
  }
});

test('the shortest order that goes wrong does, and no shorter one does', () => {
  const shortest = { shipped: '111222', locks: '1211', own: null };
  for (const [variant, expected] of Object.entries(shortest)) {
    assert.equal(shortestWrong(variant)?.join('') ?? null, expected);
    for (const [order, state] of walk(variant)) {
      if (expected === null || order.length < expected.length) assert.ok(!isWrong(state, 1) && !isWrong(state, 2));
    }
  }
  assert.ok(isWrong(play('locks', '1211'), 1));
});

test('nobody is stuck: where one request waits, the other can go on', () => {
  for (const variant of Object.keys(variants)) {
    for (const [order, state] of walk(variant)) {
      const canStep = [1, 2].some((number) => !hasEnded(state, number) && !waits(state, number));
      assert.equal(canStep, order.length < 6);
    }
  }
});

test('the steps as shipped are those of the still figure, in the same words', () => {
  const still = [...read('../../src/figures/ch04-run.html').matchAll(/<strong>([^<]*)<\/strong> ([^<]*)</g)]
    .map(([, who, does]) => ({ who: who.replace(/session 1/, 'session'), does }))
    // There a run has a start and an end.
    .filter(({ does }) => !does.startsWith('is done with'));
  assert.deepEqual(play('shipped', '111222').rows, still);
});

test('the words say what a request was answered from, as the check does', () => {
  const said = read('../../src/output/ch04-shipped.txt');
  const words = fate(play('shipped', '111222'));
  assert.equal(words, 'Step 6, request 2: gets logits. Request 1 was answered from 5 ids of its own. '
    + 'Request 2 was answered from 2 ids of its own and 3 of request 1. With &mut self one request ends before the other begins: of 2 orders, 1 goes wrong.');
  assert.ok(said.includes('request 2 was answered from 2 ids of its own and 3 of request 1'));
  assert.equal(fate(begin('own')), 'No request has called yet.');
  assert.equal(fate(play('locks', '21')), `Step 2, request 1: calls infer with ${requests[1].join(' ')}.`);
  assert.match(fate(play('locks', '2122')), /^Step 4, .*Request 2 was answered from 0 ids of its own and 5 of request 1\.$/);
  assert.ok(waits(play('shipped', '1'), 2));
  assert.equal(waitWords(2), 'Request 2 waits: request 1 has the classifier to itself until it gets its logits.');
});
