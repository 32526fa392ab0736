// What the workbench knows without a page: marks, sections, results of checks, words, minutes.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { checkEnded, firstFailure, goesOn, judged, nothingKnown, passed } from '../../src/live/check-run.js';
import { numbering, read, withMarks, withoutMarks } from '../../src/live/marks.js';
import { minutes, notBegun, worked } from '../../src/live/minutes.js';
import { ranges } from '../../src/live/problems.js';
import { folds, opensAt } from '../../src/live/sections.js';
import { minuteWords, phaseWords, problemCount, rustcLine } from '../../src/live/words.js';

const text = `//! About this file.

// ANCHOR: uses
use std::fmt;
// ANCHOR_END: uses

/// What is known.
pub struct Known {
    pub size: usize,
}

// ANCHOR: work
fn work() -> usize {
    1
}
// ANCHOR_END: work

impl fmt::Display for Known {
    fn fmt(&self) {
        "}";
    }
}
`;

test('the editor shows no mark, and what is saved has each again', () => {
  assert.doesNotMatch(withoutMarks(text), /ANCHOR/);
  assert.equal(withMarks(withoutMarks(text), text), text);
  const windows = text.replaceAll('\n', '\r\n');
  assert.equal(withMarks(withoutMarks(windows), windows), windows);
});

test('the marks of every exercise come back, around what a reader has changed', () => {
  const exercises = new URL('../../exercises/', import.meta.url);
  for (const name of readdirSync(exercises).filter((folder) => /^ch\d/.test(folder))) {
    const shipped = readFileSync(new URL(`${name}/shipped.rs`, exercises), 'utf8');
    assert.equal(withMarks(withoutMarks(shipped), shipped), shipped, name);
    for (const { name: section, first, last } of read(shipped).sections) {
      const lines = read(shipped).lines;
      if (last - first < 2) continue;
      lines.splice(first + 1, last - first - 1, '    let mine = 1;', '', '    mine');
      const saved = read(withMarks(lines.join('\n'), shipped));
      const now = saved.sections.find((other) => other.name === section);
      assert.ok(saved.lines.slice(now.first, now.last + 1).includes('    let mine = 1;'), `${name}: ${section}`);
    }
  }
});

test('a text that is written anew keeps every mark, in order', () => {
  const saved = read(withMarks('fn all() {}\n', text));
  assert.deepEqual(saved.lines, ['fn all() {}', '']);
  assert.deepEqual(saved.marks.map(({ line }) => line), read(text).marks.map(({ line }) => line));
});

test('a text that is pasted with marks of its own keeps those alone', () => {
  const pasted = '// ANCHOR: mine\nfn mine() {}\n// ANCHOR_END: mine\n';
  assert.equal(withMarks(pasted, text), pasted);
});

test('lines have the numbers that they have in the file', () => {
  const { line, row } = numbering(text);
  const [all, shown] = [text.split('\n'), read(text).lines];
  shown.forEach((code, at) => assert.equal(all[line(at) - 1], code));
  shown.forEach((_, at) => assert.equal(row(line(at)), at));
  assert.equal(shown[row(all.indexOf('// ANCHOR: work') + 1)], 'fn work() -> usize {', 'a mark leads to what it marks');
});

test('a text that is pasted with its marks has the numbers of its own lines', () => {
  const { line, row } = numbering(text, text);
  assert.deepEqual([line(0), line(11), row(12)], [1, 12, 11]);
});

const names = ({ label }) => label;
const exercise = { shipped: text, repairs: ['work'] };

test('whole items that are finished are folded, and their label names them', () => {
  assert.deepEqual(folds(text, exercise).map(names), ['… 6 lines: Known', '… 5 lines: fmt::Display for Known']);
  assert.equal(read(text).lines[opensAt(text, exercise.repairs)], 'fn work() -> usize {');
});

test('what the reader has changed is never folded', () => {
  assert.deepEqual(folds(text.replace('pub size', 'pub length'), exercise).map(names), ['… 5 lines: fmt::Display for Known']);
  assert.deepEqual(folds(withoutMarks(text), exercise), [], 'nothing is known of a text without marks');
});

test('every exercise opens at code, and none of it is folded', () => {
  const exercises = new URL('../../exercises/', import.meta.url);
  for (const name of readdirSync(exercises).filter((folder) => /^ch\d/.test(folder))) {
    const shipped = readFileSync(new URL(`${name}/shipped.rs`, exercises), 'utf8');
    const solution = read(readFileSync(new URL(`../../solutions/${name}/src/lib.rs`, import.meta.url), 'utf8'));
    const body = ({ lines }, { first, last }) => lines.slice(first, last + 1).join('\n');
    const own = read(shipped);
    const changed = own.sections.filter((section) => {
      const fixed = solution.sections.find((other) => other.name === section.name);
      return !fixed || body(own, section) !== body(solution, fixed);
    });
    const repairs = changed.map((section) => section.name);
    assert.match(body(own, changed.find(({ first }) => first === opensAt(shipped, repairs))), /\bfn\b/, name);
    const folded = folds(shipped, { shipped, repairs });
    for (const { first, last } of folded) {
      assert.ok(changed.every((section) => section.last < first || last < section.first), `${name}: ${first} to ${last}`);
    }
  }
});

const two = nothingKnown([{ name: 'a', sentence: 'a holds' }, { name: 'b', sentence: 'b holds' }]);
const result = (name, state) => ({ name, sentence: `${name} holds`, state, message: '' });
const ran = (...checks) => ({ passes: checks.every(({ state }) => state === 'passed'), line: '', verdict: { outcome: { kind: 'ran', checks } } });

test('a check is seen to become green, as soon as it is and until the next run', () => {
  let known = judged(two, ran(result('a', 'failed'), result('b', 'failed')));
  assert.equal(firstFailure(known).name, 'a');
  known = goesOn(known, { phase: { step: 'running', done: 0, of: 2 } });
  assert.deepEqual(known.checks.map(({ isPending }) => isPending), [true, true]);
  assert.equal(firstFailure(known), undefined, 'of this run nothing is known yet');
  known = checkEnded(known, result('a', 'passed'));
  assert.deepEqual(known.checks.map(({ isNewlyGreen }) => Boolean(isNewlyGreen)), [true, false]);
  known = goesOn(known, { phase: { step: 'running', done: 1, of: 2 } });
  assert.deepEqual(known.checks.map(({ isPending }) => isPending), [false, true], 'the same run goes on');
  known = judged(known, ran(result('a', 'passed'), result('b', 'failed')));
  assert.deepEqual(known.checks.map(({ isNewlyGreen }) => isNewlyGreen), [true, false]);
  assert.deepEqual([passed(known), firstFailure(known).name], [1, 'b']);
  known = goesOn(known, { phase: { step: 'compiling', done: 1, of: null } });
  assert.deepEqual(known.checks.map(({ isNewlyGreen }) => isNewlyGreen), [false, false]);
});

test('a check that passes at first is nothing new', () => {
  const known = judged(two, ran(result('a', 'passed'), result('b', 'failed')));
  assert.equal(known.checks[0].isNewlyGreen, false);
});

test('the order of the checks is the chapter\'s, whatever ends first', () => {
  const known = checkEnded(goesOn(two, {}), result('b', 'failed'));
  assert.deepEqual(known.checks.map(({ name }) => name), ['a', 'b']);
});

test('a text that does not compile leaves the results of before, as such', () => {
  const before = judged(two, ran(result('a', 'passed'), result('b', 'failed')));
  const known = judged(before, { passes: false, verdict: { outcome: { kind: 'does-not-compile', errors: [] } } });
  assert.deepEqual(known.checks.map(({ state, isStale }) => [state, isStale]), [['passed', true], ['failed', true]]);
  assert.deepEqual([passed(known), firstFailure(known)], [0, undefined]);
});

test('each phase is told in words, with the time of the last run', () => {
  const words = (phase, other) => phaseWords({ phase, before: 590 }, other);
  assert.equal(words({ step: 'compiling', crate: 'tokio', done: 12, of: 40 }), 'Compiling: 12 of 40 crates, last tokio … It took 0.6 s last time.');
  assert.equal(words({ step: 'compiling', crate: null, done: 3, of: null }), 'Compiling: 3 crates so far … It took 0.6 s last time.');
  assert.equal(words({ step: 'waiting' }, 'ch02-ordering'), 'Waiting: ch02-ordering is being checked … It took 0.6 s last time.');
  assert.equal(words({ step: 'linking' }), 'Compiling your code and its checks … It took 0.6 s last time.');
  assert.equal(words({ step: 'running', done: 3, of: 17 }), 'Checking: 3 of 17 checks have ended … It took 0.6 s last time.');
  assert.equal(phaseWords({ before: null }), 'Compiling and checking …');
});

test('problems stand at rows and columns of the editor', () => {
  const lines = ['fn a() {', '    let x = "😀" + y;', '}'];
  const problem = { file: 'lib.rs', line: 3, column: 19, end_line: 3, end_column: 20, level: 'error', code: 'E0425', message: 'not found', label: 'here' };
  const [found] = ranges([problem, { ...problem, file: 'other.rs' }], 'lib.rs', (line) => line - 2, lines);
  assert.deepEqual([found.row, lines[1].slice(found.column, found.endColumn)], [1, 'y']);
  assert.equal(found.text, 'not found: here [E0425]');
  const empty = { ...problem, column: 5, end_column: 5, label: null, code: null };
  assert.deepEqual(ranges([empty], 'lib.rs', (line) => line - 2, lines).map(({ column, endColumn }) => [column, endColumn]), [[4, 5]]);
  assert.equal(problemCount([problem, { ...problem, level: 'warning' }, { ...problem, level: 'warning' }]), '1 error, 2 warnings');
});

test('what rustc writes is told apart by its lines', () => {
  const kinds = ['error[E0308]: mismatched types', '  --> src/lib.rs:3:5', '3 |     x', '  |     ^ expected', '  = note: so', 'warning: unused'];
  assert.deepEqual(kinds.map(rustcLine), ['bad', 'place', '', 'bad', 'aside', 'warns']);
});

test('minutes are counted while somebody works, and a break is none', () => {
  const at = (minute) => minute * 60_000;
  let clock = notBegun;
  for (const minute of [0, 3, 4, 60, 61]) clock = worked(clock, at(minute));
  assert.equal(minutes(clock), 5);
  assert.equal(minuteWords(5), '5 minutes');
  assert.equal(minuteWords(1.2), '1 minute');
  assert.equal(minuteWords(0.4), 'less than a minute');
});
