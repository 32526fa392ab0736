// Documents as bars, as they come and as they are ranked; one without a score is a wall.

import { svg } from '../live/svg.js';
import { LIMIT, documents, isMisplaced, rank } from './ch10-wall-logic.js';

const HEIGHT = { top: 22, up: 70, down: 30, gap: 34 };
export const DRAWN_HEIGHT = 2 * (HEIGHT.top + HEIGHT.up + HEIGHT.down) + HEIGHT.gap + 6;

/** One document: a bar from the axis, with its score. */
function bar(document, x, axis, width, kind) {
  const made = svg('g', { class: kind });
  const { score, isMadeUp } = document;
  if (score === null || isMadeUp) {
    const middle = x + width / 2;
    made.append(svg('line', { class: 'wall', x1: middle, x2: middle, y1: axis - HEIGHT.up, y2: axis + HEIGHT.down - 14 }),
      svg('text', { x: middle, y: axis + HEIGHT.down - 2 }, isMadeUp ? '0.0' : 'NaN'));
    return made;
  }
  const size = Math.abs(score) * HEIGHT.up;
  const least = Math.max(size, 2);
  made.append(svg('rect', { x: x + 2, y: score < 0 ? axis : axis - least, width: width - 4, height: least, rx: 2 }),
    svg('text', { x: x + width / 2, y: score < 0 ? axis + size + 13 : axis + 13 }, String(score)));
  return made;
}

/** A drawing of `width` pixels: the rows as they come, and as `kind` ranks them with the empty document in row `at`. */
export function wallDrawing(width, kind, at) {
  const drawing = svg('svg', { width, height: DRAWN_HEIGHT, 'aria-hidden': 'true' });
  const all = documents(at);
  const step = Math.min(64, width / all.length);
  const [first, second] = [HEIGHT.top + HEIGHT.up, 2 * HEIGHT.top + 2 * HEIGHT.up + HEIGHT.down + HEIGHT.gap];
  const line = (y, count) => svg('line', { class: 'axis', x1: 0, x2: count * step, y1: y, y2: y });
  drawing.append(svg('text', { class: 'name', x: 0, y: 12 }, 'as they come'), line(first, all.length));
  all.forEach((document, place) => drawing.append(bar(document, place * step, first, step, document.score === null ? 'given lost' : 'given')));

  const { order, leftOut } = rank(kind, at);
  const top = second - HEIGHT.up - HEIGHT.top;
  drawing.append(svg('text', { class: 'name', x: 0, y: top + 12 }, `as they are ranked: the first ${LIMIT} are the hits`), line(second, order.length));
  drawing.append(svg('rect', { class: 'hits', x: 0.75, y: top + 18, width: LIMIT * step - 1.5, height: HEIGHT.up + HEIGHT.down + 4, rx: 4 }));
  order.forEach((document, place) => {
    drawing.append(bar(document, place * step, second, step, isMisplaced(order, place) ? 'ranked lost' : 'ranked'));
  });
  for (const document of leftOut) {
    const x = order.length * step;
    drawing.append(bar(document, x, second, step, 'aside'), svg('text', { class: 'aside at-the-end', x: x + step, y: top + 12 }, 'left_out'));
  }
  return drawing;
}
