// The scores of a search as bars, the best on top; a passage keeps its look wherever it comes.

import { passages } from './ch08-search-logic.js';
import { svg } from '../live/svg.js';

const ROW = 46;

/** A drawing of `width` pixels, and `show(result, isRefused)`. */
export function searchDrawing(width) {
  const drawing = svg('svg', { width, height: ROW * passages.length, 'aria-hidden': 'true' });
  const [zero, most] = [width * 0.08, width - 52];
  // On a phone the longest passage leaves room for one word.
  const other = width < 420 ? ' (other)' : ' (another recipe)';
  const rows = new Map(passages.map((text, at) => {
    const row = svg('g', { class: at === 0 ? 'hit wanted' : 'hit' });
    const bar = svg('rect', { y: 22, height: 14, rx: 3 });
    const score = svg('text', { class: 'score', y: 34 });
    const name = svg('text', { x: 0, y: 15 });
    row.append(name, bar, score);
    drawing.append(row);
    return [text, { row, bar, score, name }];
  }));

  function show({ hits }, isRefused) {
    hits.forEach(({ text, score, isOther }, place) => {
      const made = rows.get(text);
      made.row.style.transform = `translateY(${ROW * place}px)`;
      made.row.classList.toggle('other', isOther);
      made.row.classList.toggle('first', place === 0);
      made.name.textContent = `${place + 1}. ${text}${isOther ? other : ''}`;
      const end = zero + (most - zero) * score;
      made.bar.setAttribute('x', Math.min(zero, end));
      made.bar.setAttribute('width', Math.max(1, Math.abs(end - zero)));
      made.score.setAttribute('x', Math.max(zero, end) + 6);
      made.score.textContent = score.toFixed(3).replace('-', '\u2212');
    });
    drawing.classList.toggle('refused', isRefused);
  }
  return { drawing, show };
}
