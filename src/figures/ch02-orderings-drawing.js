// A run of the loader and a request, drawn: time goes down, and between the two threads stands the memory with each value
// that it had.

import { accesses, happensBefore } from './ch02-orderings-logic.js';
import { straight, svg } from '../live/svg.js';

const HEAD = 30;
const ROW = 46;
const CELL = 24;
/** The longest run, and the values at first. */
const ROWS = 5;
const atFirst = { weights: 'none', ready: 'false' };
const short = { 'version 1': 'v1' };

const rowAt = (step) => HEAD + ROW * (step + 1) + ROW / 2;

/** What a thread does, in two short lines. */
function inTwo(does) {
  const [, call, argument, gets] = /^(\S+?)[( ]([^)]*?)\)?(?: -> (.*))?$/.exec(does.replaceAll('`', ''));
  if (call === 'reads' || call === 'writes') return [`${call} ${argument}`, gets ? `→ ${gets}` : 'version 1'];
  return [call, gets ? `${argument} → ${gets}` : argument];
}

/** The drawing of `steps` in `width` pixels, and `show(at)`, which leaves out what comes after the step at `at`. */
export function runDrawing(width, choice, steps) {
  const drawing = svg('svg', { width, height: HEAD + ROW * ROWS, 'aria-hidden': 'true' });
  const cellWidth = width < 480 ? 42 : 64;
  const lanes = { loader: width * 0.31, request: width * 0.69 };
  const cells = { weights: width / 2 - cellWidth / 2 - 6, ready: width / 2 + cellWidth / 2 + 6 };
  for (const [lane, x] of Object.entries(lanes)) {
    const outwards = lane === 'loader' ? 'title before' : 'title after';
    drawing.append(svg('text', { class: outwards, x, y: 16 }, lane), svg('line', { class: 'lane', x1: x, x2: x, y1: HEAD, y2: HEAD + ROW * ROWS - 6 }));
  }
  // Arrows pass below the values.
  const parts = steps.map(() => ({ arrows: svg('g'), value: svg('g') }));
  const valueIn = (memory, step, value, isOld) => {
    const group = svg('g', { class: `value${isOld ? ' at-first' : ''}` });
    group.append(
      svg('rect', { x: cells[memory] - cellWidth / 2, y: rowAt(step) - CELL / 2, width: cellWidth, height: CELL, rx: 4 }),
      svg('text', { x: cells[memory], y: rowAt(step) + 4 }, short[value] ?? value));
    return group;
  };
  for (const [memory, value] of Object.entries(atFirst)) {
    drawing.append(svg('text', { class: 'title', x: cells[memory], y: 16 }, memory), valueIn(memory, -1, value, true));
  }

  const edge = happensBefore(choice, steps);
  accesses(steps).forEach(({ who, memory, writes, from, isStale }, at) => {
    const y = rowAt(at);
    const isLoader = who === 'loader';
    const isWrong = isStale || (memory === 'weights' && from === -1);
    const side = isLoader ? -1 : 1;
    const label = svg('text', { class: isLoader ? 'does before' : 'does', y: y - 3 });
    inTwo(steps[at].does).forEach((line, number) => {
      label.append(svg('tspan', { x: lanes[who] + side * 12, dy: number ? 15 : 0 }, line));
    });
    const edgeOf = (step, sign) => [cells[memory] + sign * cellWidth / 2, rowAt(step)];
    if (edge?.[1] === at) {
      const [start, end] = [[lanes.loader, rowAt(edge[0])], [lanes.request, y]];
      const middle = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
      parts[at].value.append(straight(start, [end[0] - 5, end[1] - 7], 'edge'),
        svg('text', { class: 'edge', x: middle[0], y: middle[1] + 14 }, 'happens-before'));
    }
    if (writes) {
      parts[at].arrows.append(straight([lanes.loader, y], edgeOf(at, -1), 'access'));
      parts[at].value.append(valueIn(memory, at, writes));
    } else parts[at].arrows.append(straight(edgeOf(from, 1), [lanes.request - 6, y], isWrong ? 'access wrong' : 'access'));
    parts[at].value.append(svg('circle', { class: isWrong ? 'dot wrong' : 'dot', cx: lanes[who], cy: y, r: 5 }), label);
  });
  drawing.append(...parts.map(({ arrows }) => arrows), ...parts.map(({ value }) => value));

  function show(upTo) {
    parts.forEach(({ arrows, value }, at) => {
      for (const part of [arrows, value]) part.classList.toggle('to-come', at > upTo);
    });
  }
  return { drawing, show };
}
