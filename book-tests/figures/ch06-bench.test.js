import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { load, tokenize } from '../../src/figures/ch06-bench-encode.js';
import {
  answer, begin, countWords, cuttings, defaults, encodeBatch, encodes, fate, isWrong, orders, play, sets, settingsWords,
} from '../../src/figures/ch06-bench-logic.js';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const tokenizer = load(read('../../src/figures/ch06-bench.json'));
// Written by solutions/ch06-tokenizer/tests/bench.rs with the `tokenizers` crate.
const rust = read('ch06-bench.json');

const ids = (row) => row.map((token) => tokenizer.ids.get(token));
const shared = (requests) => begin(tokenizer, requests, false);
const travelling = (requests) => begin(tokenizer, requests, true);
const requestsOf = ({ asks }) => ({ 1: asks[0], 2: asks[1] });

test('each text has the ids that Rust gives it', () => {
  assert.ok(rust.texts.length >= 30);
  for (const { text, ids: expected } of rust.texts) {
    const [row] = encodeBatch(tokenizer, [text], { limit: null, padding: null });
    assert.deepEqual(ids(row), expected, JSON.stringify(text));
  }
});

test('what is drawn without what is cut is the row that is encoded', () => {
  for (const { text } of rust.texts) {
    for (const limit of [null, 2, 3, 5, 9]) {
      for (const padding of [null, 8, 'longest']) {
        const texts = [text, 'a film'];
        const settings = { limit, padding };
        const drawn = cuttings(tokenizer, texts, settings).map((row) =>
          row.filter(({ kind }) => kind !== 'cut').map(({ token }) => token));
        assert.deepEqual(drawn, encodeBatch(tokenizer, texts, settings), JSON.stringify({ text, limit, padding }));
      }
    }
  }
});

test('on one tokenizer each request gets in each order the rows that it gets in Rust', () => {
  for (const pair of rust.requests) {
    assert.deepEqual(pair.shared.map(({ order }) => order), orders);
    for (const { order, rows } of pair.shared) {
      const end = play(shared(requestsOf(pair)), order);
      for (const number of [1, 2]) assert.deepEqual(end.rows[number].map(ids), rows[number - 1], `${order}`);
    }
  }
});

test('with settings that travel each request gets its own rows in every order, and is told what is left out', () => {
  for (const pair of rust.requests) {
    for (const order of orders) {
      const end = play(travelling(requestsOf(pair)), order);
      for (const number of [1, 2]) {
        const { rows, leftOut } = pair.own[number - 1];
        assert.deepEqual(end.rows[number].map(ids), rows);
        assert.equal(end.left[number], leftOut.reduce((sum, count) => sum + count, 0));
        assert.ok(!isWrong(end, number));
      }
    }
  }
});

test('an answer is called right on one tokenizer exactly if it is the one that the request gets alone and nothing is cut', () => {
  for (const pair of rust.requests) {
    for (const { order, rows } of pair.shared) {
      const end = play(shared(requestsOf(pair)), order);
      for (const number of [1, 2]) {
        const isAsAlone = JSON.stringify(rows[number - 1]) === JSON.stringify(pair.own[number - 1].rows);
        assert.equal(!isWrong(end, number), isAsAlone && end.left[number] === 0, `${JSON.stringify(pair.asks)} ${order}`);
      }
    }
  }
});

test('the other request\'s limit and padding are named, with what was cut', () => {
  const both = play(shared(defaults), [1, 2, 1, 2]);
  assert.equal(answer(both, 1), 'Request 1 asked for a limit of 9 tokens and got a limit of 5 tokens, as request 2 set it. '
    + '4 tokens of its text were cut, and no answer says so. '
    + 'Request 1 asked for no padding and got padding to 8 tokens, as request 2 set it.');
  assert.equal(answer(both, 2), 'Request 2 got what it asked for.');
  assert.match(fate(both), /Of the 6 orders in which each sets before it encodes, 2 go wrong\.$/);
  assert.equal(settingsWords(both), 'a limit of 5 tokens, set by request 2; padding to 8 tokens, set by request 2.');
});

test('with settings that travel none of the orders goes wrong', () => {
  assert.match(countWords(travelling(defaults)), /none goes wrong/);
  assert.equal(fate(sets(travelling(defaults), 1)), 'Request 1 has its settings with it and sets nothing.');
});

test('a request that encodes before anybody has set anything gets no limit', () => {
  const early = encodes(shared({ ...defaults, 1: { ...defaults[1], limit: 4 } }), 1);
  assert.equal(answer(early, 1), 'Request 1 asked for a limit of 4 tokens and got no limit, for no request has set it.');
});

test('what its own limit cuts is not told on one tokenizer, and is told if the settings travel', () => {
  const requests = { ...defaults, 1: { ...defaults[1], limit: 8 } };
  const cut = encodes(sets(shared(requests), 1), 1);
  assert.equal(answer(cut, 1), 'Request 1 got the limit that it asked for: 1 token of its text was cut, and no answer says so.');
  assert.equal(answer(encodes(travelling(requests), 1), 1),
    'Request 1 got what it asked for. 1 token of its text was left out, and its answer says so.');
});

test('a request that asks for nothing leaves the tokenizer as it is', () => {
  const requests = { ...defaults, 1: { ...defaults[1], limit: null } };
  const state = sets(sets(shared(requests), 2), 1);
  assert.equal(state.set.limit, 5);
  assert.match(fate(state), /^Request 1 asks for nothing, and leaves the tokenizer as it is\./);
});

test('a token that is written in the text is found as it is written, and not in another case', () => {
  assert.deepEqual(tokenize('good[SEP]bad', tokenizer), ['good', '[SEP]', 'bad']);
  assert.ok(!tokenize('[sep]', tokenizer).includes('[SEP]'));
});
