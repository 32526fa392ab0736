// What each runtime reads of a model, drawn as bars on one axis, and the model's own numbers across them.

import { svg } from '../live/svg.js';

const LABEL = 108;
const TOP = 42;
const BAR = 14;
const ROW = 48;
/** The axis ends here, and a larger number stands at its end. */
const MOST = 32;

/**
 * `ranges` are `{ name, irVersion, opset, readsIr, readsOpset, isChosen }`, one for each runtime; `model` has the numbers of the
 * model.
 */
export function rangesDrawing(width, ranges, model) {
  const height = TOP + ROW * ranges.length + 24;
  const x = (number) => LABEL + (Math.min(number, MOST) / MOST) * (width - LABEL - 14);
  const isOne = ranges.some(({ isChosen }) => isChosen);
  const drawing = svg('svg', { class: isOne ? '' : 'none-of-them', width, height, 'aria-hidden': 'true' });
  const bottom = TOP + ROW * ranges.length;
  for (const number of [1, 8, 16, 24, 32]) drawing.append(svg('text', { class: 'number', x: x(number), y: bottom + 16 }, number));
  ranges.forEach(({ name, irVersion, opset, readsIr, readsOpset, isChosen }, at) => {
    const y = TOP + ROW * at;
    const group = svg('g', { class: isChosen ? 'chosen' : '' });
    if (isChosen) group.append(svg('rect', { class: 'band', x: 0, y: y - 2, width, height: ROW - 6, rx: 4 }));
    group.append(svg('text', { class: 'name', x: 6, y: y + 24 }, name));
    // A bar on a phone has no room for `IR version`.
    for (const [what, most, reads, down] of [['IR', irVersion, readsIr, 4], ['opset', opset, readsOpset, 22]]) {
      group.append(svg('rect', { class: reads ? 'reads' : 'reads too-little', x: x(0), y: y + down, width: x(most) - x(0), height: BAR, rx: 3 }),
        svg('text', { class: 'range', x: x(0) + 6, y: y + down + 11 }, `${what} to ${most}`));
    }
    drawing.append(group);
  });
  for (const [what, number, down] of [['IR version', model.irVersion, 14], ['opset', model.opset, 30]]) {
    const isLeft = x(number) > width - 130;
    drawing.append(svg('line', { class: 'model', x1: x(number), x2: x(number), y1: down - 8, y2: bottom }),
      svg('text', { class: isLeft ? 'needs before' : 'needs', x: x(number) + (isLeft ? -5 : 5), y: down }, `the model: ${what} ${number}`));
  }
  return drawing;
}
