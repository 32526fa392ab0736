// People who are in trouble, in their own words, and the chapter that must come first for them. Half of the sentences are
// from public reports.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { finder, wordsOf } from '../../src/live/finder-logic.js';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const facts = read('../../src/facts/symptoms.json');
// A chapter's sentences stand in a file of its own, so that they come and go with the chapter.
const expected = [
  ...facts.chapters.map(({ name }) => ({ first: name, file: `${name.split('-')[0]}-finder.json` }))
    .map((chapter) => ({ ...chapter, says: read(chapter.file) })),
  ...read('outside-finder.json').map((topic) => ({ ...topic, file: 'outside-finder.json' })),
];
const find = finder(facts);

const nameOf = ({ chapter, topic }) => chapter?.name ?? topic.title;

for (const { first, file, says } of expected) {
  for (const sentence of says) {
    test(`"${sentence}" leads to ${first}`, () => {
      const found = find(sentence).map(nameOf);
      assert.equal(found[0], first, `book-tests/figures/${file}: this sentence leads to ${found.join(', ') || 'nothing'}: give a word of it to the symptoms or to also_called, or write another`);
    });
  }
}

test('every chapter, and all that is outside of the book, has its sentences', () => {
  const places = [...facts.chapters.map(({ name }) => name), ...facts.outside.map(({ title }) => title)];
  for (const { first, file, says } of expected) {
    assert.ok(says.length > 0, `book-tests/figures/${file}: write a sentence at least that leads to ${first}`);
  }
  assert.deepEqual(expected.map(({ first }) => first), places, 'outside-finder.json has the titles of src/outside.toml, in order');
});

test('each symptom of the table leads to its own chapter', () => {
  for (const chapter of facts.chapters) {
    for (const symptom of chapter.symptoms) {
      const [best] = find(symptom);
      const problem = `exercises/${chapter.name}/chapter.toml: the search does not find the symptom "${symptom}" first: use words that no other symptom has`;
      assert.equal(best && nameOf(best), chapter.name, problem);
      assert.equal(best.symptom, symptom, problem);
    }
  }
});

test('answers that differ from Python lead through inputs, recipes and tokens', () => {
  assert.deepEqual(find('answers differ from Python').map(nameOf), ['ch05-input-names', 'ch08-recipe', 'ch06-tokenizer']);
});

test('a circle of waits with rayon in it also tells what is outside of the book', () => {
  assert.ok(find('two inserts hang for ever, a BERT model and rayon').map(nameOf).includes('Threads of a pool'));
});

test('an empty box, common words and unknown ones find nothing', () => {
  for (const nothing of ['', '   ', 'the and of', 'zebra xylophone']) assert.deepEqual(find(nothing), []);
});

test('a name of code is found as a whole, in parts, and in another form of the word', () => {
  assert.deepEqual([...wordsOf('SendError')], ['send', 'error', 'senderror']);
  assert.deepEqual([...wordsOf('spawn_blocking')], ['spawn', 'block', 'spawnblocking']);
  assert.deepEqual(wordsOf('batches'), wordsOf('batching'));
});
