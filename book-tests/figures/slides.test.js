// How a page becomes slides.

import assert from 'node:assert/strict';
import test from 'node:test';
import { clock, slideAfter, slidesOf } from '../../src/live/slides-logic.js';

const part = (tag, id, title = '') => ({ tag, id, title });
const words = (length = 100) => ({ tag: 'P', id: '', length });
const block = { tag: 'PRE', id: '', isBlock: true, length: 900 };

test('slides for what comes first and for each part, and none for the notes', () => {
  const page = [
    part('H1', 'title', 'A title'), words(),
    part('H2', 'why', 'Why'), words(), part('H3', 'more'), block,
    part('H2', 'for-the-instructor', 'For the instructor'), { tag: 'DETAILS', id: '', isBlock: true },
  ];
  assert.deepEqual(slidesOf(page), [
    { title: 'A title', children: [0, 1] },
    { title: 'Why', children: [2, 3, 4, 5] },
  ]);
});

test('one block a slide, with the words before it and the heading of its part', () => {
  const page = [part('H2', 'a', 'A'), words(), block, words(), block, block, words(2000), part('H2', 'b', 'B'), block, words(30)];
  assert.deepEqual(slidesOf(page), [
    { title: 'A', children: [0, 1, 2] },
    { title: 'A', children: [0, 3, 4] },
    { title: 'A', children: [0, 5] },
    { title: 'A', children: [0, 6] },
    { title: 'B', children: [7, 8, 9] },
  ]);
});

test('keys go forward, back, to the first and to the last slide, and never past them', () => {
  assert.equal(slideAfter('ArrowRight', 0, 3), 1);
  assert.equal(slideAfter('PageDown', 2, 3), 2);
  assert.equal(slideAfter('ArrowLeft', 0, 3), 0);
  assert.equal(slideAfter('PageUp', 2, 3), 1);
  assert.equal(slideAfter('End', 0, 3), 2);
  assert.equal(slideAfter('Home', 2, 3), 0);
  assert.equal(slideAfter(' ', 0, 3), 1);
  assert.equal(slideAfter(' ', 2, 3, true), 1);
  assert.equal(slideAfter('a', 1, 3), undefined);
});

test('the clock says when the talk is longer than planned', () => {
  assert.equal(clock(65, 10), '1:05 of 10 minutes');
  assert.equal(clock(600, 10), '10:00 of 10 minutes');
  assert.equal(clock(601, 10), '10:01 of 10 minutes: over by 1');
});
