// What has which colour in the book's code.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const page = { window: {} };
runInNewContext(read('../../theme/highlight.js'), page);
const coloured = (text, language = 'rust') => [...page.window.hljs.pieces(text, language)].map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`);

test('each kind of a Rust line has its colour', () => {
  assert.deepEqual(coloured('pub fn run(&mut self, max: u64) -> Option<f32> { // why'), [
    'keyword pub', 'keyword fn', 'title run', 'keyword mut', 'keyword self', 'type u64', 'type Option', 'type f32', 'comment // why',
  ]);
  assert.deepEqual(coloured('#[test] println!("{}", 1_000.5e3_f64)'), ['meta #[test]', 'built_in println!', 'string "{}"', 'number 1_000.5e3_f64']);
});

test('a lifetime is no character, and a quote in a string ends nothing', () => {
  assert.deepEqual(coloured("fn f<'a>(c: &'a str) -> char { 'a' }").filter((piece) => /'/.test(piece)), ["symbol 'a", "symbol 'a", "string 'a'"]);
  assert.deepEqual(coloured(String.raw`let s = "a \" // b"; let r = r#"a " b"#; let c = '\'';`).filter((piece) => piece.startsWith('string')), [
    String.raw`string "a \" // b"`, 'string r#"a " b"#', String.raw`string '\''`,
  ]);
  assert.deepEqual(coloured('/* one\n// two */ let x = "// no comment";').filter((piece) => piece.startsWith('comment')), ['comment /* one\n// two */']);
});

test('of what a command prints only the prompt has a colour', () => {
  assert.deepEqual(coloured('$ cargo test\n  fn let 1 $ 2\n', 'console'), ['meta $']);
});

test('no string or comment of an exercise or a solution runs on over what follows', () => {
  for (const name of readdirSync(new URL('../../exercises', import.meta.url)).filter((folder) => /^ch\d/.test(folder))) {
    for (const path of [`../../exercises/${name}/shipped.rs`, `../../solutions/${name}/src/lib.rs`]) {
      for (const piece of coloured(read(path))) {
        if (/^(string|symbol|number|title|type) /.test(piece)) assert.ok(piece.split('\n').length < 12, `${path}: ${piece}`);
        assert.ok(!/^string .*\n\s*(pub )?(fn|struct|impl) /s.test(piece), `${path}: ${piece}`);
      }
    }
  }
});
