import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fate, modes, pictures, seen, showsIn, tensor, wrongPlaces } from '../../src/figures/ch11-planes-logic.js';

// Written by solutions/ch11-layout/tests/figure.rs.
const rust = JSON.parse(readFileSync(new URL('ch11-planes.json', import.meta.url), 'utf8'));

test('each byte stands where ndarray puts it, in a tensor of the same shape', () => {
  assert.deepEqual([...new Set(rust.map(({ mode }) => mode))], Object.keys(modes));
  for (const { mode, width, height, shape, sources } of rust) {
    assert.deepEqual(tensor(mode, width, height), { shape, sources }, `${mode} ${width} x ${height}`);
  }
});

test('the sizes of the pictures are among those that Rust ran', () => {
  for (const { width, height, bytes } of Object.values(pictures)) {
    assert.ok(rust.some((row) => row.width === width && row.height === height));
    assert.equal(bytes.length, 3 * width * height);
  }
});

test('one picture shows every mistake, and each of the others hides one', () => {
  assert.deepEqual(showsIn('right'), []);
  assert.deepEqual(showsIn('old'), ['wide', 'square', 'grey']);
  assert.deepEqual(showsIn('width'), ['wide', 'grey', 'flat']);
  assert.deepEqual(showsIn('fit'), ['wide', 'square', 'grey']);
  assert.deepEqual(showsIn('bgr'), ['wide', 'square']);
});

test('a square picture whose axes are turned round is mirrored on its diagonal', () => {
  const { width, bytes } = pictures.square;
  const { pixels } = seen('fit', pictures.square);
  pixels.forEach((pixel, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    assert.deepEqual(pixel, bytes.slice(3 * (x * width + y), 3 * (x * width + y) + 3));
  });
});

test('the words say what the model gets', () => {
  assert.equal(fate('right', pictures.wide), 'The shape is [1, 3, 8, 12], and all 288 values stand where the model reads them.');
  assert.equal(fate('old', pictures.wide), `The shape is [1, 3, 8, 12], as it should be, and ${wrongPlaces('old', pictures.wide)} of 288 values `
    + 'are others than the model should read there. It shows in 3 of the 4 pictures.');
  assert.equal(fate('width', pictures.wide), 'The shape is [1, 3, 12, 8] and not [1, 3, 8, 12]: a model with free axes takes it, and reads rows '
    + 'of 8 pixels. It shows in 3 of the 4 pictures.');
  assert.equal(fate('bgr', pictures.grey), 'All 288 values stand where the model reads them: this picture hides the mistake.');
});
