// The auditor in the page says what the auditor in the terminal says, and what code scanning reads is as its schema wants it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import formats from 'ajv-formats';
import Ajv from 'ajv-draft-04';
import { auditWith } from '../../src/figures/audit-wasm.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const wasm = new WebAssembly.Module(readFileSync(join(root, 'src/live/audit.wasm')));
const folder = mkdtempSync(join(tmpdir(), 'audit-'));
after(() => rmSync(folder, { recursive: true }));

// The texts that both audit, by a name: fixtures of rules, and what the exercises ship.
const texts = new Map();
for (const pitfall of readdirSync(join(root, 'audit/rules/fixtures'))) {
  for (const file of readdirSync(join(root, 'audit/rules/fixtures', pitfall))) {
    texts.set(`${pitfall}-${file}`, readFileSync(join(root, 'audit/rules/fixtures', pitfall, file), 'utf8'));
  }
}
for (const chapter of readdirSync(join(root, 'exercises')).filter((name) => /^ch\d/.test(name))) {
  texts.set(`${chapter}.rs`, readFileSync(join(root, 'exercises', chapter, 'shipped.rs'), 'utf8'));
}

const isManifest = (name) => name.endsWith('.toml');

function inTheTerminal(...options) {
  const run = ['run', '--quiet', '--package', 'inference-audit', '--manifest-path', join(root, 'Cargo.toml'), '--'];
  return execFileSync('cargo', [...run, ...options], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

const inThePage = (text, manifest = false) => auditWith(wasm, text, manifest);

test('the page finds in every fixture and every shipped exercise what the terminal finds', async () => {
  for (const [name, text] of texts) {
    // Each in a crate of its own, since a page has one text.
    const crate = join(folder, name);
    mkdirSync(join(crate, 'src'), { recursive: true });
    writeFileSync(join(crate, 'Cargo.toml'), isManifest(name) ? text : `[package]\nname = "a"\n`);
    if (!isManifest(name)) writeFileSync(join(crate, 'src/lib.rs'), text);
  }
  const expected = new Map([...texts.keys()].map((name) => [name, []]));
  for (const line of inTheTerminal('--format', 'json', '.').split('\n').filter(Boolean)) {
    const { path, link, ...finding } = JSON.parse(line);
    const name = path.split('/')[0];
    if (basename(path) === (isManifest(name) ? 'Cargo.toml' : 'lib.rs')) expected.get(name).push(finding);
  }
  let found = 0;
  for (const [name, text] of texts) {
    const { error, findings } = await inThePage(text, isManifest(name));
    assert.equal(error, null, name);
    assert.deepEqual(findings, expected.get(name), `${name}: bash .ci/audit-page makes the page's rules anew`);
    found += findings.length;
  }
  assert.ok(found > 40, `${found} findings`);
});

test('the page tells what it cannot read, and audits the next text', async () => {
  assert.match((await inThePage('fn f() {}\n\nfn g( {\n')).error, /^line 3: /);
  assert.match((await inThePage('[package]\nname = \n', true)).error, /^line 2: /);
  assert.deepEqual(await inThePage(''), { error: null, findings: [], complaints: [] });
  const allowed = '// audit: allow(nan::partial_cmp_unwrap) no score is NaN\nfn f() {}\n';
  const [complaint] = (await inThePage(allowed)).complaints;
  assert.equal(complaint.line, 1);
  assert.match(complaint.text, /finds nothing/);
});

test('the page refuses what is nested too deeply, and does not run out of stack', async () => {
  const forms = [
    ['fn f() { ', '(', 'a', ')', '; }'],
    ['fn f() { ', '{', 'a', '}', ' }'],
    ['fn f() { ', '!', 'a', '', '; }'],
    ['fn f() { ', '|a, b| ', 'a', '', '; }'],
    ['fn f() { ', 'if a {} else ', '{}', '', ' }'],
    ['fn f() { ', 'match a { _ => ', 'a', ' }', ' }'],
    ['fn f() { a', '', '', '.b(c)', '; }'],
    ['fn f() { ', 'vec![', 'a', ']', '; }'],
    ['fn f() { ', 'a + ', 'a', '', '; }'],
    ['fn f() { match a { ', '(', 'a', ')', ' => a } }'],
    ['type T = ', 'A<B, ', 'A', '>', ';'],
    ['type T = ', '&', 'A', '', ';'],
    ['type T = ', '[u8; { ', '1', ' }]', ';'],
    ['fn f() { ', 'f(', 'a', ')', '; }'],
    ['type T = ', 'fn() -> ', 'A', '', ';'],
    ['', 'mod a { ', '', ' }', ''],
    ['', 'fn f() { ', '', ' }', ''],
    ['use ', 'a::{', 'b', '}', ';'],
  ];
  for (const [before, open, inside, close, end] of forms) {
    for (const levels of [30, 60, 80, 100, 120, 160, 200, 240, 1000, 10_000]) {
      const text = before + open.repeat(levels) + inside + close.repeat(levels) + end;
      const { error } = await inThePage(text);
      if (levels === 30) assert.equal(error, null, `${before}${open}`);
      if (levels > 250) assert.equal(error, 'nested too deeply to be read', `${before}${open}`);
    }
  }
});

test("no path of the machine that made it is in the page's auditor", () => {
  const bytes = readFileSync(join(root, 'src/live/audit.wasm'), 'latin1');
  const path = bytes.match(/.{0,40}(\/(home|root|Users|runner)\/|\.cargo|registry\/src|index\.crates).{0,40}/);
  assert.equal(path?.[0], undefined);
  assert.deepEqual(WebAssembly.Module.imports(wasm), []);
});

test('what code scanning reads is SARIF 2.1.0 as its schema wants it', () => {
  const require = createRequire(import.meta.url);
  // A pattern of the schema is none for a strict reader of Unicode.
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  formats(ajv);
  const isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
  assert.ok(!isSarif({ version: '2.1.0', runs: [{ tool: { driver: {} } }] }));
  const fixtures = join(root, 'audit/rules/fixtures');
  for (const options of [[], ['--book', 'https://example.org/book/']]) {
    const log = JSON.parse(inTheTerminal('--format', 'sarif', ...options, fixtures));
    assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
    assert.ok(log.runs[0].results.length > 40);
  }
});
