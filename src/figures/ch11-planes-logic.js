// Where each byte of a picture stands after a few ways to give it to a model that reads planes. Compared with `ndarray`
// (solutions/ch11-layout/tests/figure.rs).

/** What the code does with the bytes of `image`, which come pixel by pixel. */
export const modes = {
  right: '(height, width, 3), read by index',
  old: 'the same, into_raw_vec_and_offset',
  width: '(width, height, 3), read by index',
  fit: '(width, height, 3), all axes turned',
  bgr: 'the first, but blue, green, red',
};

const drawn = {
  wide: ['............', '.RRRRRR.....', '.RR......GG.', '.RRRR....GG.', '.RR.........', '.RR.......BB', '.RR.......BB', '............'],
  square: ['........', '.RRRRR..', '.RR.....', '.RRRR.G.', '.RR...G.', '.RR...G.', '.RR.BBB.', '........'],
};
const colors = { '.': [236, 232, 214], R: [204, 44, 44], G: [44, 150, 76], B: [48, 84, 200] };
const greys = { '.': [230, 230, 230], R: [70, 70, 70], G: [120, 120, 120], B: [170, 170, 170] };

function picture(label, rows, palette) {
  const bytes = rows.flatMap((row) => [...row].flatMap((pixel) => palette[pixel]));
  return { label, width: rows[0].length, height: rows.length, bytes };
}

export const pictures = {
  wide: picture('wide, in colour', drawn.wide, colors),
  square: picture('square, in colour', drawn.square, colors),
  grey: picture('wide, in grey', drawn.wide, greys),
  flat: picture('one grey all over', drawn.wide.map((row) => '.'.repeat(row.length)), greys),
};

/** An array of `lengths` with its `axes` in another order, read index by index: which place of the old one each value has. */
function permuted(lengths, axes) {
  const [a, b, c] = axes.map((axis) => lengths[axis]);
  const strides = [lengths[1] * lengths[2], lengths[2], 1];
  const [da, db, dc] = axes.map((axis) => strides[axis]);
  return Array.from({ length: a * b * c }, (_, at) =>
    Math.floor(at / (b * c)) * da + (Math.floor(at / c) % b) * db + (at % c) * dc);
}

/** The shape of the tensor, and which byte of the picture each value of its data is. */
export function tensor(mode, width, height) {
  const [lengths, axes] = {
    right: [[height, width, 3], [2, 0, 1]],
    old: [[height, width, 3], [2, 0, 1]],
    width: [[width, height, 3], [2, 0, 1]],
    fit: [[width, height, 3], [2, 1, 0]],
    bgr: [[height, width, 3], [2, 0, 1]],
  }[mode];
  const shape = axes.map((axis) => lengths[axis]);
  if (mode === 'old') return { shape, sources: Array.from({ length: 3 * width * height }, (_, at) => at) };
  const sources = permuted(lengths, axes);
  return { shape, sources: mode === 'bgr' ? sources.map((source) => source - (source % 3) + 2 - (source % 3)) : sources };
}

/** The data that the runtime gets, and the picture that the model sees: three planes, one after the other. */
export function seen(mode, { width, height, bytes }) {
  const { shape, sources } = tensor(mode, width, height);
  const [, rows, columns] = shape;
  const plane = rows * columns;
  const data = sources.map((source) => bytes[source]);
  const pixels = Array.from({ length: plane }, (_, at) => [0, 1, 2].map((channel) => data[channel * plane + at]));
  return { shape, sources, data, rows, columns, pixels };
}

/** How many values are not those that the model should read there; all, where the shape is another one. */
export function wrongPlaces(mode, picture) {
  const [is, due] = [seen(mode, picture), seen('right', picture)];
  if (is.rows !== due.rows) return due.data.length;
  return due.data.filter((value, at) => value !== is.data[at]).length;
}

/** The pictures in which a mistake shows. */
export const showsIn = (mode) => Object.keys(pictures).filter((name) => wrongPlaces(mode, pictures[name]) > 0);

export function fate(mode, picture) {
  const { shape, rows, columns, data } = seen(mode, picture);
  const due = seen('right', picture);
  const shapeOf = (axes) => `[1, ${axes.join(', ')}]`;
  const wrong = wrongPlaces(mode, picture);
  if (mode === 'right') return `The shape is ${shapeOf(shape)}, and all ${data.length} values stand where the model reads them.`;
  if (wrong === 0) return `All ${data.length} values stand where the model reads them: this picture hides the mistake.`;
  const many = `It shows in ${showsIn(mode).length} of the 4 pictures.`;
  if (rows !== due.rows) {
    return `The shape is ${shapeOf(shape)} and not ${shapeOf(due.shape)}: a model with free axes takes it, and reads rows of ${columns} pixels. ${many}`;
  }
  return `The shape is ${shapeOf(shape)}, as it should be, and ${wrong} of ${data.length} values are others than the model should read there. ${many}`;
}
