// A picture, the three planes that a model reads, and the picture that they make. In the planes each value keeps the colour
// that it has in the picture.

import { svg } from '../live/svg.js';

const TITLE = 20;
const GAP = 18;
/** The longer side of a picture, which may be read with its sides exchanged. */
const SIDE = 12;

function grid(title, columns, colors, { x, y, cell }) {
  const made = svg('g', { transform: `translate(${x}, ${y})` });
  made.append(svg('text', { x: 0, y: 13 }, title));
  colors.forEach((fill, at) => {
    const [left, top] = [at % columns, Math.floor(at / columns)];
    made.append(svg('rect', { x: left * cell, y: TITLE + top * cell, width: cell, height: cell, fill }));
  });
  const rows = colors.length / columns;
  made.append(svg('rect', { class: 'frame', x: 0, y: TITLE, width: columns * cell, height: rows * cell }));
  return made;
}

const color = (pixel) => `rgb(${pixel.join(', ')})`;
const only = (channel, value) => color([0, 1, 2].map((at) => (at === channel ? value : 0)));

/** Draws for `width` pixels what the model sees of a picture: `seen` of the logic. */
export function planesDrawing(width, { width: columns, bytes }, { columns: seenColumns, pixels, sources, data, rows }) {
  const isWide = width >= 620;
  const small = Math.floor(isWide ? (width - 4 * GAP) / (5 * SIDE) : (width - 2 * GAP) / (3 * SIDE));
  const large = isWide ? small : Math.floor((width - GAP) / (2 * SIDE));
  const block = SIDE * small + GAP;
  const plane = rows * seenColumns;
  const picture = Array.from({ length: bytes.length / 3 }, (_, at) => color(bytes.slice(3 * at, 3 * at + 3)));
  const highest = Math.max(picture.length / columns, rows);
  const second = isWide ? 0 : TITLE + highest * large + GAP;
  const [first, last] = [{ x: 0, y: 0, cell: large }, { x: isWide ? 4 * block : SIDE * large + GAP, y: 0, cell: large }];
  const height = second + TITLE + (isWide ? highest : rows) * small;
  const drawing = svg('svg', { width, height, 'aria-hidden': 'true' });
  drawing.append(
    grid('the picture', columns, picture, first),
    grid('what the model sees', seenColumns, pixels.map(color), last),
  );
  ['read as red', 'as green', 'as blue'].forEach((title, channel) => {
    const places = sources.slice(channel * plane, (channel + 1) * plane);
    const fills = places.map((source, at) => only(source % 3, data[channel * plane + at]));
    drawing.append(grid(title, seenColumns, fills, { x: (isWide ? channel + 1 : channel) * block, y: second, cell: small }));
  });
  return drawing;
}
