import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { alone, preflight, ranges, versionThatDoes } from '../../src/figures/ch07-matrix-logic.js';

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const data = read('../../src/figures/ch07-matrix.json');
// Written by solutions/ch07-versions/tests/alone.rs from runs of the preflight and of `ort`.
const rust = read('ch07-matrix.json');

const bundled = { irVersion: 8, opset: 17, otherModel: false, otherTokenizer: false };
const withoutHashes = (line) => line.replace(/SHA-256 [0-9a-f]{12}, not [0-9a-f]{12}/, 'SHA-256 …, not …');

test('of each deployment it says what the preflight says, in the same sentences', () => {
  assert.ok(rust.length >= 20);
  for (const { starts, says, alone: _, ...deployment } of rust) {
    assert.deepEqual(preflight(deployment, data), { starts, says: says.map(withoutHashes) }, JSON.stringify(deployment));
  }
});

test('of each library it says what ort does by itself', () => {
  for (const { alone: said, ...deployment } of rust) {
    assert.equal(alone(deployment, data).says, said, deployment.version);
    assert.equal(alone(deployment, data).takes, said.startsWith('takes it'), deployment.version);
  }
});

test('ort takes 2.31.0 and 0.99.0, which the preflight refuses', () => {
  for (const version of ['2.31.0', '0.99.0']) {
    assert.ok(alone({ version }, data).takes);
    assert.ok(!preflight({ ...bundled, version }, data).starts);
  }
});

test('the version that would do is the oldest measured one that reads the model', () => {
  assert.equal(versionThatDoes(bundled, data), '1.24.0');
  assert.equal(versionThatDoes({ ...bundled, opset: 26 }, data), '1.25.0');
  assert.equal(versionThatDoes({ ...bundled, irVersion: 14 }, data), '1.32.0');
});

test('no version cures a model that no measured runtime reads, nor a file of another release', () => {
  assert.equal(versionThatDoes({ ...bundled, irVersion: 15 }, data), null);
  assert.equal(versionThatDoes({ ...bundled, otherTokenizer: true }, data), null);
});

test('a runtime is drawn as enough for the model where the preflight has nothing against the model, and nowhere else', () => {
  for (const irVersion of [1, 8, 13, 14, 15]) {
    for (const opset of [1, 17, 25, 26, 27, 28, 29]) {
      for (const { since } of data.limits) {
        const deployment = { version: `1.${since}.0`, irVersion, opset };
        const { readsIr, readsOpset, isChosen } = ranges(deployment, data).find((range) => range.isChosen);
        assert.ok(isChosen);
        assert.equal(readsIr && readsOpset, preflight(deployment, data).starts, JSON.stringify(deployment));
      }
    }
  }
  for (const version of ['1.23.2', '2.31.0', '0.99.0', 'nightly']) {
    assert.ok(ranges({ version, irVersion: 8, opset: 17 }, data).every(({ isChosen }) => !isChosen), version);
  }
  assert.deepEqual(ranges({ version: '1.31.1', irVersion: 8, opset: 17 }, data).map(({ name }) => name), ['1.24', '1.25 to 1.31', 'from 1.32 on']);
});
