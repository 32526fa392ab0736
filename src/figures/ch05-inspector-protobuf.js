// Reads a protobuf message in a file that may be far larger than memory: what is skipped is never read.

/** The bytes are no message, or not all of it. */
export class Malformed extends Error {}

/** Bytes that are read at a time. */
const WINDOW = 64 * 1024;
/** A tag and a number or a length: two varints of ten bytes at most. */
const HEAD = 20;

/** A file of `size` bytes, of which `read(from, to)` promises a part as a `Uint8Array`. */
export class Windowed {
  #from = 0;
  #window = new Uint8Array();
  #read;

  constructor(size, read) {
    this.size = size;
    this.#read = read;
  }

  async bytes(from, to) {
    if (from < this.#from || to > this.#from + this.#window.length) {
      this.#window = await this.#read(from, Math.min(Math.max(to, from + WINDOW), this.size));
      this.#from = from;
    }
    return this.#window.subarray(from - this.#from, to - this.#from);
  }
}

/** The varint at `at`, and where it ends; what is negative in 64 bits stays so. */
function varint(bytes, at) {
  let value = 0n;
  for (let index = 0; index < 10 && at + index < bytes.length; index += 1) {
    value |= BigInt(bytes[at + index] & 127) << BigInt(7 * index);
    if (bytes[at + index] < 128) return { value: BigInt.asIntN(64, value), next: at + index + 1 };
  }
  throw new Malformed('a number in it does not end');
}

/**
 * Each field of the message from `from` to `to`: its `number`, and its `value` if that is an integer; else
 * where its bytes are, `from` and `to`.
 */
export async function* fields(file, from, to) {
  for (let at = from; at < to;) {
    const head = await file.bytes(at, Math.min(at + HEAD, to));
    const { value: tag, next } = varint(head, 0);
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (number < 1) throw new Malformed('a field in it has no number');
    if (wire === 0) {
      const { value, next: after } = varint(head, next);
      yield { number, value };
      at += after;
    } else if (wire === 1 || wire === 5) {
      at += next + (wire === 1 ? 8 : 4);
      if (at > to) throw new Malformed('a part of it is longer than the whole');
    } else if (wire === 2) {
      const { value: length, next: starts } = varint(head, next);
      const field = { number, from: at + starts, to: at + starts + Number(length) };
      if (length < 0n || field.to > to) throw new Malformed('a part of it is longer than the whole');
      yield field;
      at = field.to;
    } else {
      throw new Malformed('a field in it is of no known kind');
    }
  }
}

/** The fields of a small message by number: of each, a list. */
export async function message(file, { from, to }) {
  const found = {};
  for await (const field of fields(file, from, to)) (found[field.number] ??= []).push(field);
  return found;
}

/** No name of a sane model is longer. */
const LONGEST_TEXT = 64 * 1024;

export async function text(file, field) {
  if (field?.from === undefined) return '';
  if (field.to - field.from > LONGEST_TEXT) throw new Malformed('a name in it is longer than 65536 bytes');
  return new TextDecoder().decode(await file.bytes(field.from, field.to));
}
