// The number line with two values and the grid of a format under it; and the step of each format against the magnitude.

import { grid, cast, shown, step } from './ch01-line-logic.js';
import { straight, svg } from '../live/svg.js';

const TRUE_AT = 34;
const GRID_AT = 104;

/** Two values as they are, and what `format` makes of them, in a view of `width` pixels for `span` around `centre`. */
export function lineDrawing({ width, format, centre, span, values, unit }) {
  const [least, most] = [centre - span / 2, centre + span / 2];
  const at = (number) => ((number - least) / span) * width;
  const drawing = svg('svg', { class: 'line', width, height: 132, 'aria-hidden': 'true' });
  drawing.append(
    svg('text', { x: 0, y: 12, class: 'name' }, 'as they are'),
    svg('text', { x: 0, y: 128, class: 'name' }, `the values of ${format}`),
    svg('line', { class: 'axis', x1: 0, x2: width, y1: TRUE_AT, y2: TRUE_AT }),
    svg('line', { class: 'axis', x1: 0, x2: width, y1: GRID_AT, y2: GRID_AT }));
  const ticks = grid(format, least, most);
  if (ticks) {
    for (const value of ticks) drawing.append(svg('line', { class: 'tick', x1: at(value), x2: at(value), y1: GRID_AT - 9, y2: GRID_AT + 9 }));
    const [one, other] = ticks.slice(-2);
    const room = at(other) - at(one);
    if (room > 44) drawing.append(svg('text', { class: 'between', x: at(one) + room / 2, y: GRID_AT + 14 }, `${shown(other - one)}${unit}`));
  }
  if (!ticks) drawing.append(svg('rect', { class: 'dense', x: 0, y: GRID_AT - 9, width, height: 18 }));
  const isOne = cast(format, values[0]) === cast(format, values[1]);
  values.forEach((value, number) => {
    const kind = `value ${number ? 'second' : 'first'}`;
    const to = at(cast(format, value));
    const isSeen = to >= -1 && to <= width + 1;
    const end = Math.min(Math.max(to, 0), width);
    drawing.append(
      straight([at(value), TRUE_AT + 8], [end, isSeen ? GRID_AT - 10 : GRID_AT - 34], isOne ? `${kind} lost` : kind),
      svg('circle', { class: kind, cx: at(value), cy: TRUE_AT, r: 7 }));
    if (isSeen) drawing.append(svg('circle', { class: isOne ? 'result lost' : 'result', cx: to, cy: GRID_AT, r: 5 }));
  });
  return drawing;
}

const [LEAST, MOST] = [-20, 40];
/** What is named, and where its name stands beside it. */
const NAMED = [['a weight', 0.1, 'before', -8], ['2²⁴', 2 ** 24, 'after', 18], ['today’s Unix time', 1_795_444_200, 'before', -24]];
const POWERS = [[-60, '2⁻⁶⁰'], [-40, '2⁻⁴⁰'], [-20, '2⁻²⁰'], [0, '1'], [20, '2²⁰'], [40, '2⁴⁰']];
const lines = ['bf16', 'f32', 'f64'];
const EDGE = { left: 46, right: 10, top: 10, bottom: 36 };

/** The step of each format where the magnitude is 2^-20 to 2^40, both axes logarithmic; `format` stands out. */
export function stepPlot(width, format) {
  const height = 230;
  const [low, high] = [-74, 36];
  const x = (log) => EDGE.left + ((log - LEAST) / (MOST - LEAST)) * (width - EDGE.left - EDGE.right);
  const y = (log) => EDGE.top + ((high - log) / (high - low)) * (height - EDGE.top - EDGE.bottom);
  const drawing = svg('svg', { class: 'steps', width, height, 'aria-hidden': 'true' });
  const bottom = height - EDGE.bottom;
  for (const [log, power] of POWERS.slice(0, -1)) {
    drawing.append(svg('line', { class: log ? 'rule' : 'rule one', x1: EDGE.left, x2: width - EDGE.right, y1: y(log), y2: y(log) }),
      svg('text', { class: 'number', x: EDGE.left - 6, y: y(log) + 4 }, power));
  }
  for (const [log, power] of POWERS.slice(-4)) drawing.append(svg('text', { class: 'below', x: x(log), y: bottom + 16 }, power));
  drawing.append(svg('text', { class: 'below', x: (EDGE.left + width) / 2, y: height - 4 }, 'magnitude of the value'),
    svg('text', { class: 'name', x: EDGE.left + 4, y: EDGE.top + 10 }, 'step to the next value'));
  for (const name of lines) {
    // A step stays the same from one power of two to the next.
    let path = '';
    for (let log = LEAST; log < MOST; log += 1) {
      const level = y(Math.log2(step(name, 2 ** log)));
      path += `${path ? 'V' : `M${x(log)},`}${level} H${x(log + 1)} `;
    }
    const end = y(Math.log2(step(name, 2 ** (MOST - 1))));
    drawing.append(svg('path', { class: name === format ? 'staircase chosen' : 'staircase', d: path }),
      svg('text', { class: name === format ? 'format chosen' : 'format', x: width - EDGE.right, y: end - 7 }, name));
  }
  for (const [name, number, side, down] of NAMED) {
    const size = step(format, number);
    const [cx, cy] = [x(Math.log2(number)), y(Math.log2(size))];
    drawing.append(svg('line', { class: 'drop', x1: cx, x2: cx, y1: cy, y2: bottom }), svg('circle', { class: size < 1 ? 'spot fine' : 'spot', cx, cy, r: 5 }),
      svg('text', { class: `spot ${side}`, x: cx + (side === 'after' ? 8 : -4), y: cy + down }, name));
  }
  return drawing;
}
