// The ids of two requests and the memory that they are copied into, drawn: each id keeps the look of its owner wherever it is.

import { owner, requests } from './ch04-buffer-logic.js';
import { svg } from '../live/svg.js';

const ROW = 40;
const CHIP = 26;
const LABEL = 92;
const LONGEST = Math.max(...Object.values(requests).map((ids) => ids.length));

/** The rows from top to bottom: what each shows, and what it is called. */
function rowsOf({ buffers, variant }) {
  const strips = buffers.map(({ name }, at) => ({ kind: 'buffer', at, name: variant === 'own' ? `buffer ${at + 1}` : 'the buffer' }));
  return [
    { kind: 'text', number: 1, name: 'request 1' },
    ...strips,
    { kind: 'text', number: 2, name: 'request 2' },
    { kind: 'run', number: 1, name: 'run for 1' },
    { kind: 'run', number: 2, name: 'run for 2' },
  ];
}

function chip(id, width) {
  const made = svg('g', { class: `id of-${owner(id)}` });
  made.append(svg('rect', { x: 0, y: -CHIP / 2, width: width - 4, height: CHIP, rx: 4 }), svg('text', { x: (width - 4) / 2, y: 4 }, id));
  return made;
}

/** A drawing of `width` pixels for the states of one variant, and `show(state)`. */
export function bufferDrawing(width, first) {
  const rows = rowsOf(first);
  const cell = Math.min(60, (width - LABEL) / LONGEST);
  const x = (at) => LABEL + cell * at;
  const y = (row) => ROW * rows.indexOf(row) + ROW / 2;
  const rowOf = (kind, key, value) => rows.find((row) => row.kind === kind && row[key] === value);
  const drawing = svg('svg', { width, height: ROW * rows.length, 'aria-hidden': 'true' });
  for (const row of rows) {
    drawing.append(svg('text', { class: 'name', x: 0, y: y(row) + 4 }, row.name));
    if (row.kind !== 'buffer') continue;
    for (let at = 0; at < LONGEST; at += 1) drawing.append(svg('rect', { class: 'cell', x: x(at) - 2, y: y(row) - 17, width: cell, height: 34 }));
  }
  // Each id at home, and the copy of it that moves into the buffer.
  const copies = Object.entries(requests).flatMap(([number, ids]) => ids.map((id, at) => {
    const home = rowOf('text', 'number', Number(number));
    const [fixed, copy] = [chip(id, cell), chip(id, cell)];
    fixed.style.transform = `translate(${x(at)}px, ${y(home)}px)`;
    drawing.append(fixed, copy);
    return { id, at, home, copy };
  }));
  const results = svg('g');
  drawing.append(results);

  function show({ buffers, ranOn }) {
    for (const { id, at, home, copy } of copies) {
      const buffer = buffers.findIndex(({ ids }) => ids[at] === id);
      const row = buffer === -1 ? home : rowOf('buffer', 'at', buffer);
      copy.style.transform = `translate(${x(at)}px, ${y(row)}px)`;
      copy.classList.toggle('at-home', buffer === -1);
    }
    results.replaceChildren(...Object.entries(ranOn).flatMap(([number, ids]) => ids.map((id, at) => {
      const made = chip(id, cell);
      made.style.transform = `translate(${x(at)}px, ${y(rowOf('run', 'number', Number(number)))}px)`;
      if (owner(id) !== Number(number)) made.classList.add('stale');
      return made;
    })));
  }
  return { drawing, show };
}
