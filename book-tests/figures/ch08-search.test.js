import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { cases, fate, passages, search } from '../../src/figures/ch08-search-logic.js';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const data = read('../../src/figures/ch08-search.json');

// Written by solutions/ch08-recipe/tests/figure.rs.
const rust = read('ch08-search.json');

test('the figure finds what Rust finds, with the same scores, and refuses what Rust refuses', () => {
  assert.deepEqual(rust.map(({ forgotten }) => forgotten), Object.keys(cases));
  for (const { forgotten, hits, refused } of rust) {
    const here = search(data, forgotten);
    assert.equal(here.refused, refused, forgotten);
    assert.deepEqual(here.hits.map(({ text }) => text), hits.map(([text]) => text), forgotten);
    for (const [at, [, score]] of hits.entries()) assert.ok(Math.abs(here.hits[at].score - score) < 0.001, `${forgotten} ${at}`);
  }
});

test('the wanted passage is first only where nothing is forgotten', () => {
  for (const forgotten of Object.keys(cases)) {
    assert.equal(search(data, forgotten).hits[0].text === passages[0], forgotten === 'nothing', forgotten);
  }
});

test('a store that compares refuses three of the four mistakes, and says so', () => {
  const told = Object.keys(cases).map((forgotten) => fate(data, forgotten, true));
  assert.deepEqual(told.map((words) => words.startsWith('Refused')), [false, true, true, true, false]);
  assert.match(told[3], /^Refused: OtherRecipe\. 2 of 4 vectors/);
  assert.match(told[4], /All vectors have one recipe, and it is not the makers' one\.$/);
  assert.match(fate(data, 'prefix', false), /^The best hit is "a boring story, and a dreadful end", with 0\.770\. .* Nothing says that the recipes differ\.$/);
});
