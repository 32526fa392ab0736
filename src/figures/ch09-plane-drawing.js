// A batch as rows of cells, with what is attended to and what is counted; and the plane in which the vectors are.

import { straight, svg } from '../live/svg.js';
import { MOST, TOKENS, alone, padding as paddingAt, stored, variants, vectors, widthOf } from './ch09-plane-logic.js';

const ROW = 30;
const LABEL = 92;
const PLANE = 210;
const GAP = 26;
export const DRAWN_HEIGHT = 4 * ROW + GAP + PLANE + 4;

/** A drawing of `width` pixels for one choice, beside a text of `second` tokens. */
export function planeDrawing(width, variant, second) {
  const drawing = svg('svg', { width, height: DRAWN_HEIGHT, 'aria-hidden': 'true' });
  const { attends, counts } = variants[variant];
  const places = widthOf(variant, second);
  const shown = Math.min(places, MOST);
  // Room for the number of places that are not drawn.
  const cell = Math.min(28, (width - LABEL - 44) / MOST);
  const rows = [
    { name: 'text 1', tokens: TOKENS, padding: 'padding' },
    { name: 'it attends to', tokens: TOKENS, padding: attends ? 'taken' : 'left' },
    { name: 'its mean takes', tokens: TOKENS, padding: counts ? 'taken' : 'left' },
    { name: 'text 2', tokens: second, padding: 'padding', isSecond: true },
  ];
  rows.forEach(({ name, tokens, padding, isSecond }, at) => {
    const y = ROW * at;
    drawing.append(svg('text', { class: 'name', x: 0, y: y + 18 }, name));
    for (let place = 0; place < shown; place += 1) {
      const kind = place < tokens ? (isSecond ? 'second' : 'first') : padding;
      drawing.append(svg('rect', { class: `cell ${kind}`, x: LABEL + cell * place + 1, y: y + 4, width: cell - 2, height: ROW - 9, rx: 2 }));
    }
    if (places > shown) drawing.append(svg('text', { x: LABEL + cell * shown + 4, y: y + 18 }, `+${places - shown}`));
  });

  const top = 4 * ROW + GAP;
  const across = Math.min(width, 460);
  const point = ([x, y]) => [(across * x) / 100, top + (PLANE * (100 - y)) / 100];
  const dot = (place, kind, radius) => {
    const [cx, cy] = point(place);
    return svg('circle', { class: kind, cx, cy, r: radius });
  };
  const words = (place, text, side = 1) => {
    const [x, y] = point(place);
    return svg('text', { x: x + 11 * side, y: y + 4, 'text-anchor': side > 0 ? 'start' : 'end' }, text);
  };
  drawing.append(svg('rect', { class: 'plane', x: 0.5, y: top, width: across - 1, height: PLANE, rx: 4 }));
  drawing.append(dot(stored, 'stored', 6), words(stored, 'another text'));
  drawing.append(dot(paddingAt, 'padding-alone', 7), words(paddingAt, 'padding alone', -1));
  const now = vectors(variant, second);
  const names = ['text 1', 'text 2'];
  alone.forEach((home, at) => {
    const [from, to] = [point(home), point(now[at])];
    drawing.append(dot(home, `home ${at ? 'second' : 'first'}`, 7));
    const isAway = Math.hypot(to[0] - from[0], to[1] - from[1]) > 12;
    if (isAway) drawing.append(straight(from, to, 'moves'));
    drawing.append(dot(now[at], isAway ? 'now away' : `now ${at ? 'second' : 'first'}`, 5));
    drawing.append(words(home, `${names[at]} alone`));
  });
  return drawing;
}
