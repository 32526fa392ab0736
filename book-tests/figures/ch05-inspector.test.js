import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { nearest, verdict } from '../../src/figures/ch05-inspector-names.js';
import { Unreadable, inspect } from '../../src/figures/ch05-inspector-onnx.js';
import { Windowed } from '../../src/figures/ch05-inspector-protobuf.js';
import { described, rustFor } from '../../src/figures/ch05-inspector-rust.js';

const at = (path) => new URL(path, import.meta.url);
const classifier = readFileSync(at('../../models/classifier.onnx'));

const inMemory = (bytes) => new Windowed(bytes.length, async (from, to) => new Uint8Array(bytes).subarray(from, to));
const inspected = (bytes) => inspect(inMemory(bytes));
const says = (list, inputs) => verdict(list, inputs).words;
const refused = async (bytes, says) => assert.rejects(inspected(bytes), (error) => error instanceof Unreadable && says.test(error.message));

// A writer of messages, as small as the reader.
const varint = (value) => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);
const integer = (number, value) => [...varint(number * 8), ...varint(value)];
const bytes = (number, content) => [...varint(number * 8 + 2), ...varint(content.length), ...content];
const text = (number, content) => bytes(number, [...new TextEncoder().encode(content)]);
const axis = (size) => bytes(1, typeof size === 'string' ? text(2, size) : size === null ? [] : integer(1, size));
const tensor = (name, element, shape) => [...text(1, name),
  ...bytes(2, bytes(1, [...integer(1, element), ...(shape ? bytes(2, shape.flatMap(axis)) : [])]))];
const model = (...graph) => modelOf(3, ...graph);
const modelOf = (irVersion, ...graph) => Uint8Array.from([...integer(1, irVersion), ...bytes(7, graph.flat()), ...bytes(8, integer(2, 13))]);
const input = (...of) => bytes(11, tensor(...of));
const output = (...of) => bytes(12, tensor(...of));

/** What the code is written for, and compiled in solutions/ch05-input-names/tests/inspector.rs. */
const odd = model(
  input('scalar', 1, []),
  input('any rank', 6, null),
  input('type', 9, ['past_sequence_length + 1', 'batch', 'batch']),
  input('batch', 11, [1, 3]),
  input('0/"quoted"\\', 2, [null, 0]),
  input('words', 8, ['words']),
  output('scores', 1, ['batch', 2]),
);

/** y = x + scale, where scale is 2 unless it is given; run in solutions/ch05-input-names/tests/inspector.rs. */
const withDefault = modelOf(8,
  bytes(1, [...text(1, 'x'), ...text(1, 'scale'), ...text(2, 'y'), ...text(3, 'add'), ...text(4, 'Add')]), text(2, 'graph'),
  bytes(5, [...integer(1, 1), ...integer(2, 1), ...text(8, 'scale'), ...bytes(9, [0, 0, 0, 64])]),
  input('x', 1, [1]), input('scale', 1, [1]), output('y', 1, [1]),
);

test('the bundled model is read as ONNX Runtime reads it', async () => {
  assert.deepEqual(await inspected(classifier), {
    opsets: [{ domain: '', version: 17 }],
    irVersion: 8,
    inputs: [
      { name: 'input_ids', element: { name: 'int64', rust: 'i64' }, shape: ['batch', 'seq'] },
      { name: 'attention_mask', element: { name: 'int64', rust: 'i64' }, shape: ['batch', 'seq'] },
    ],
    outputs: [{ name: 'logits', element: { name: 'float32', rust: 'f32' }, shape: ['batch', 2] }],
  });
});

test('the sample in the page is the bundled model', () => {
  const { hex } = JSON.parse(readFileSync(at('../../src/figures/ch05-inspector.json')));
  assert.equal(hex, classifier.toString('hex'));
});

test('wherever the bundled model is cut, one sentence says that it is not whole', async () => {
  for (let length = 3; length < classifier.length; length += 1) {
    await refused(classifier.subarray(0, length), /^This ONNX file (is cut short|has no (graph|operator sets)): was it downloaded to its end\?$/);
  }
});

test('what is no ONNX model is told from one', async () => {
  await refused([], /^This file is empty\.$/);
  await refused(Buffer.from('version https://git-lfs.github.com/spec/v1\n'), /git lfs pull/);
  await refused(Buffer.from('PK\x03\x04......', 'latin1'), /zip archive/);
  await refused(Buffer.from('GGUF\x03\0\0\0'), /GGUF/);
  await refused(Buffer.from('\x08\0\0\0\0\0\0\0{"a":1}', 'latin1'), /safetensors/);
  await refused(Buffer.from('\x18\0\0\0ORTM....', 'latin1'), /ORT format/);
  await refused(Buffer.from('\n<!DOCTYPE html>'), /it is text/);
  await refused(Buffer.from('Dear reader,'), /^This is no ONNX model: it does not begin as one does\.$/);
  await refused(readFileSync(at('ch05-inspector.test.js')), /^This is no ONNX model: /);
  await refused(Buffer.alloc(1000), /^This is no ONNX model: /);
});

test('noise in a file ends in a sentence and never in a broken figure', async () => {
  let seed = 1;
  const random = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 2000; round += 1) {
    const damaged = Uint8Array.from(classifier);
    for (let hit = 0; hit < 4; hit += 1) damaged[random(damaged.length)] = random(256);
    try {
      await inspected(damaged);
    } catch (error) {
      assert.ok(error instanceof Unreadable, error.stack);
    }
  }
});

test('of three gigabytes of weights less than a megabyte is read', async () => {
  const weights = 3_000_000_000;
  const tensorHead = [...text(8, 'weights'), ...varint(9 * 8 + 2), ...varint(weights)];
  const initializerHead = [...varint(5 * 8 + 2), ...varint(tensorHead.length + weights), ...tensorHead];
  const inputs = [...input('weights', 1, [weights / 4]), ...input('pixels', 1, [1, 3])];
  const before = [...integer(1, 8), ...varint(7 * 8 + 2), ...varint(initializerHead.length + weights + inputs.length), ...initializerHead];
  const after = [...inputs, ...bytes(8, integer(2, 17))];
  let read = 0;
  const file = new Windowed(before.length + weights + after.length, async (from, to) => {
    read += to - from;
    return Uint8Array.from({ length: to - from }, (_, index) => {
      const place = from + index;
      return before[place] ?? after[place - before.length - weights] ?? 0;
    });
  });
  assert.deepEqual((await inspect(file)).inputs.map(({ name, hasDefault }) => [name, hasDefault]), [['weights', true], ['pixels', undefined]]);
  assert.ok(read < 1_000_000, `${read} bytes`);
});

test('a weight that is listed as an input, as old models do, is not asked of the reader', async () => {
  const old = model(bytes(5, [...integer(1, 4), ...text(8, 'weight')]), input('x', 1, [2]), input('weight', 1, [4]));
  assert.deepEqual((await inspected(old)).inputs.map(({ name }) => name), ['x']);
});

test('an input with a default is told, and may be left out', async () => {
  const file = at('ch05-inspector-default.onnx');
  if (process.env.SNAPSHOTS === 'overwrite') writeFileSync(file, withDefault);
  assert.deepEqual(new Uint8Array(readFileSync(file)), withDefault);
  const { inputs } = await inspected(withDefault);
  assert.deepEqual(inputs.map(({ name, hasDefault }) => [name, hasDefault]), [['x', undefined], ['scale', true]]);
  assert.equal(says('x', inputs), 'scale is left out: the model has a default for it, which ONNX Runtime takes without a word.');
  assert.match(says('scale', inputs), /^x is missing\.$/);
  assert.match(says('x, scale', inputs), /^Every name is right/);
  assert.match(rustFor({ inputs, outputs: [] }).code, /`scale: float32 \[1\]`, which has a default/);
});

test('names hold where each is right and none is left out, a default or not', () => {
  const inputs = [{ name: 'x' }, { name: 'scale', hasDefault: true }];
  for (const [list, holds] of [['x, scale', true], ['scale, x', true], ['x', false], ['scale', false], ['x, scales', false]]) {
    assert.equal(verdict(list, inputs).holds, holds, list);
  }
  assert.deepEqual(verdict('', []), { holds: true, words: 'This model takes no inputs.' });
});

test('types and shapes are said as the chapter says them', async () => {
  const { inputs } = await inspected(odd);
  assert.deepEqual(inputs.map(described), ['float32 []', 'int32 of any rank', 'bool [past_sequence_length + 1, batch, batch]',
    'float64 [1, 3]', 'uint8 [?, 0]', 'string [words]']);
});

/** The environment variable is the one that the tests in Rust heed. */
async function isWritten(of, file) {
  const { code } = rustFor(await inspected(of));
  if (process.env.SNAPSHOTS === 'overwrite') writeFileSync(at(file), code);
  assert.equal(readFileSync(at(file), 'utf8').replaceAll('\r\n', '\n'), code, `${file} is old: run this test with SNAPSHOTS=overwrite`);
}

test('the code for the bundled model is the code that Rust compiles and runs', () => isWritten(classifier, 'ch05-inspector-classifier.rs'));
test('the code for a model with odd names and shapes is code that Rust compiles', () => isWritten(odd, 'ch05-inspector-odd.rs'));

test('where ort has no tensor for an input, the figure says so and writes no code', async () => {
  const { why } = rustFor(await inspected(model(bytes(11, [...text(1, 'boxes'), ...bytes(2, bytes(4, []))]))));
  assert.equal(why, 'No code: ort makes no plain tensor for boxes, a sequence.');
  assert.match(rustFor(await inspected(model(input('z', 14, [1])))).why, /for z, a complex64\.$/);
  assert.match(rustFor(await inspected(model(output('y', 1, [1])))).why, /nothing to feed/);
});

test('the nearest name is the one that the exercise finds', () => {
  for (const { name, wanted, nearest: rust } of JSON.parse(readFileSync(at('ch05-inspector.json')))) {
    assert.equal(nearest(name, wanted), rust, `${name} among ${wanted}`);
  }
});

test('every problem with the names is said at once', () => {
  const declared = [{ name: 'input_ids' }, { name: 'attention_mask' }];
  assert.equal(says('input_id, attention_mask', declared),
    'input_id is no input of this model: do you mean input_ids? input_ids is missing.');
  assert.equal(says('input_ids, input_ids, token_type_ids', declared),
    'input_ids is given more than once. token_type_ids is no input of this model. attention_mask is missing.');
  assert.match(says('', declared), /^input_ids is missing\. attention_mask is missing\.$/);
  assert.match(says('attention_mask,input_ids', declared), /^Every name is right.* order is input_ids, attention_mask: by place/);
  assert.match(says(' input_ids , attention_mask ', declared), /then no order matters\.$/);
  assert.match(says('', Array.from({ length: 60 }, (_, index) => ({ name: `past.${index}` }))), /past\.7 is missing\. And 52 more\.$/);
});
