// How a page becomes slides.

import assert from 'node:assert/strict';
import test from 'node:test';
import { clock, slideAfter, slidesOf } from '../../src/live/slides-logic.js';

const part = (tag, id, title = '') => ({ tag, id, title });

test('a slide for what comes first and one for each part, and none for the notes', () => {
  const page = [
    part('H1', 'title', 'A title'), part('P', ''),
    part('H2', 'why', 'Why'), part('P', ''), part('H3', 'more'), part('PRE', ''),
    part('H2', 'for-the-instructor', 'For the instructor'), part('DETAILS', ''),
  ];
  assert.deepEqual(slidesOf(page), [
    { title: 'A title', children: [0, 1] },
    { title: 'Why', children: [2, 3, 4, 5] },
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
