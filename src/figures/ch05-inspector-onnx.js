// What an ONNX file says of its model's inputs and outputs. Nearly all of such a file is weights: they are skipped.

import { Malformed, fields, message, text } from './ch05-inspector-protobuf.js';

/** Why a file cannot be inspected: one sentence for the reader. */
export class Unreadable extends Error {}

/** What is often taken for an ONNX file, by its first bytes. */
const others = [
  [/^version https:\/\/git-lfs/, 'it is the pointer that Git LFS keeps in a model\'s place, and git lfs pull brings the model'],
  [/^\s*[{[<]/, 'it is text, such as JSON or a page of a download site'],
  [/^PK\x03\x04/, 'it is a zip archive, as PyTorch saves its models'],
  [/^\x80[\x02-\x05]/, 'it is a Python pickle'],
  [/^GGUF/, 'it is a GGUF file'],
  [/^\x89HDF/, 'it is an HDF5 file, as Keras saves its models'],
  [/^[^]{2}\0\0ORTM/, 'it is in the ORT format, which is made from an ONNX model'],
  [/^[^]{2}\0\0TFL3/, 'it is a TensorFlow Lite model'],
  [/^[^]{8}\{"/, 'it is a safetensors file, which holds weights and no graph'],
];

/** ONNX's types of elements by their number; ort's Rust type, where it has one. */
const elements = {
  1: { name: 'float32', rust: 'f32' },
  2: { name: 'uint8', rust: 'u8' },
  3: { name: 'int8', rust: 'i8' },
  4: { name: 'uint16', rust: 'u16' },
  5: { name: 'int16', rust: 'i16' },
  6: { name: 'int32', rust: 'i32' },
  7: { name: 'int64', rust: 'i64' },
  8: { name: 'string', rust: 'String' },
  9: { name: 'bool', rust: 'bool' },
  10: { name: 'float16', rust: 'half::f16' },
  11: { name: 'float64', rust: 'f64' },
  12: { name: 'uint32', rust: 'u32' },
  13: { name: 'uint64', rust: 'u64' },
  14: { name: 'complex64' },
  15: { name: 'complex128' },
  16: { name: 'bfloat16', rust: 'half::bf16' },
};

/** The kinds of TypeProto that are not plain tensors. */
const kinds = { 4: 'sequence', 5: 'map', 7: 'opaque', 8: 'sparse tensor', 9: 'optional' };

/** One axis: its size, or the symbol that stands for it, or null. */
async function axis(file, field) {
  const { 1: size, 2: symbol } = await message(file, field);
  if (size) return Number(size.at(-1).value);
  return (await text(file, symbol?.at(-1))) || null;
}

/** A ValueInfoProto. A tensor has an `element`, and a `shape` unless its rank is unknown. */
async function value(file, field) {
  const { 1: name, 2: type } = await message(file, field);
  const made = { name: await text(file, name?.at(-1)) };
  const { 1: tensor, ...other } = type ? await message(file, type.at(-1)) : {};
  if (!tensor) {
    made.kind = kinds[Object.keys(other)[0]] ?? 'value of unknown type';
    return made;
  }
  const { 1: element, 2: shape } = await message(file, tensor.at(-1));
  const number = Number(element?.at(-1).value ?? 0n);
  made.element = elements[number] ?? { name: `type ${number}` };
  if (shape) {
    const { 1: axes = [] } = await message(file, shape.at(-1));
    made.shape = [];
    for (const one of axes) made.shape.push(await axis(file, one));
  }
  return made;
}

/** The name of a TensorProto, whose values come before or after it. */
async function nameOfTensor(file, { from, to }) {
  for await (const field of fields(file, from, to)) {
    if (field.number === 8) return text(file, field);
  }
  return '';
}

async function graph(file, { from, to }) {
  const found = { inputs: [], outputs: [] };
  const initializers = new Set();
  for await (const field of fields(file, from, to)) {
    if (field.from === undefined) continue;
    if (field.number === 5) initializers.add(await nameOfTensor(file, field));
    if (field.number === 11) found.inputs.push(await value(file, field));
    if (field.number === 12) found.outputs.push(await value(file, field));
    if (field.number === 15) {
      const { 1: values = [] } = await message(file, field);
      for (const tensor of values) initializers.add(await nameOfTensor(file, tensor));
    }
  }
  return { ...found, initializers };
}

/** Up to IR version 3 every weight is also listed as an input. From 4 on, the values under an input's name are its default. */
function inputsOf({ inputs, initializers, irVersion }) {
  if (irVersion < 4) return inputs.filter(({ name }) => !initializers.has(name));
  return inputs.map((input) => (initializers.has(input.name) ? { ...input, hasDefault: true } : input));
}

async function operatorSet(file, field) {
  const { 1: domain, 2: version } = await message(file, field);
  return { domain: await text(file, domain?.at(-1)), version: Number(version?.at(-1).value ?? 0n) };
}

/** What `file`, a `Windowed`, says: `{ irVersion, opsets, inputs, outputs }`. Throws an `Unreadable`. */
export async function inspect(file) {
  if (file.size === 0) throw new Unreadable('This file is empty.');
  const start = String.fromCharCode(...await file.bytes(0, Math.min(file.size, 64)));
  const other = others.find(([pattern]) => pattern.test(start));
  if (other) throw new Unreadable(`This is no ONNX model: ${other[1]}.`);
  const found = { opsets: [] };
  let inGraph = false;
  try {
    for await (const field of fields(file, 0, file.size)) {
      if (field.number === 1 && field.value !== undefined) found.irVersion = Number(field.value);
      // Every writer puts the version first: what comes without it is something else.
      else if (!found.irVersion) throw new Malformed('it has no IR version');
      if (field.number === 8) found.opsets.push(await operatorSet(file, field));
      if (field.number === 7) {
        inGraph = true;
        Object.assign(found, await graph(file, field));
        inGraph = false;
      }
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    if (inGraph) throw new Unreadable(`This ONNX file is damaged: ${error.message}.`);
    if (!found.irVersion) throw new Unreadable('This is no ONNX model: it does not begin as one does.');
    throw new Unreadable('This ONNX file is cut short: was it downloaded to its end?');
  }
  const { initializers, ...rest } = found;
  if (!found.inputs || !found.opsets.length) {
    throw new Unreadable(`This ONNX file has no ${found.inputs ? 'operator sets' : 'graph'}: was it downloaded to its end?`);
  }
  return { ...rest, inputs: inputsOf(found) };
}
