// A run that a check recorded is drawn in the page as it is drawn in the book, and says what goes wrong.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { drawnRun, withoutTable } from '../../src/live/run-logic.js';

const figures = new URL('../../src/figures/', import.meta.url);
const kept = readdirSync(figures).filter((file) => file.endsWith('-run.html'))
  .map((file) => [file, readFileSync(new URL(file, figures), 'utf8').replaceAll('\r\n', '\n')]);

const plain = (html) => html.replace(/<\/?code>/g, '`').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The trace that a kept figure is drawn from. */
function traceOf(html) {
  const isTimed = html.includes('<th scope="col">at</th>');
  const rows = [...html.matchAll(/<th scope="row">([^<]*)<\/th><td><svg.*?<\/svg><strong>([^<]*)<\/strong> (.*?)(?:<span class="remark">(.*)<\/span>)?<\/td>/g)];
  const read = rows.map(([, at, lane, does, remark]) => ({ at: plain(at), lane: plain(lane), what: plain(does) + (remark ? `   <- ${plain(remark)}` : '') }));
  const steps = read.filter(({ at }) => at !== 'end').map(({ at, lane, what }) => ({ ...(isTimed && { at }), lane, what }));
  const waits = read.filter(({ at }) => at === 'end').map(({ lane, what }) => ({ who: lane, for: what.replace('waits for ', '') }));
  return { lanes: [...new Set(steps.map(({ lane }) => lane))], steps, waits };
}

function tableOf({ head, width, rows }) {
  const tag = ([name, attributes]) => `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`).join('')}/>`;
  const code = (text) => escaped(text).split('`').map((part, at) => (at % 2 ? `<code>${part}</code>` : part)).join('');
  const made = rows.map(({ at, who, does, remark, goesWrong, marks }) => `<tr${goesWrong ? ' class="wrong"' : ''}><th scope="row">${escaped(at)}</th><td><svg width="${width}" height="100%" aria-hidden="true">${marks.map(tag).join('')}</svg><strong>${escaped(who)}</strong> ${code(does)}${remark === undefined ? '' : `<span class="remark">${escaped(remark)}</span>`}</td></tr>\n`);
  return `<table style="--drawing: ${width}px">\n<thead><tr><th scope="col">${head}</th><th scope="col">who does what</th></tr></thead>\n<tbody>\n${made.join('')}</tbody>\n</table>`;
}

test('runs are kept', () => assert.notEqual(kept.length, 0));

for (const [file, html] of kept) {
  test(`the page draws the run of ${file} as the book does`, () => {
    assert.equal(tableOf(drawnRun(traceOf(html))), html.slice(html.indexOf('<table'), html.indexOf('\n<figcaption>')));
  });
}

const step = (lane, what) => ({ lane, what });
const marked = (row, kind) => row.marks.filter(([, attributes]) => attributes.class === kind);

test('two steps that nothing orders are tied, from the first to the one that goes wrong', () => {
  const { rows } = drawnRun({
    lanes: ['loader', 'request'],
    steps: [step('loader', 'makes'), step('loader', 'writes'), step('loader', 'stores'), step('request', 'reads   <- nothing orders this after step 2')],
    waits: [],
  });
  assert.deepEqual(rows.map((row) => marked(row, 'unordered').length), [0, 2, 1, 2]);
  assert.deepEqual(rows.map((row) => marked(row, 'dot wrong').length), [0, 0, 0, 1]);
  assert.deepEqual(rows.at(-1), { ...rows.at(-1), does: 'reads', remark: 'nothing orders this after step 2', goesWrong: true });
});

test('who waits for whom stands at the end, also for one that has done nothing', () => {
  const { rows, width } = drawnRun({
    lanes: ['model A', 'model B'],
    steps: [step('model A', 'calls'), step('model B', 'calls')],
    waits: [{ who: 'model A', for: 'batcher B' }, { who: 'model B', for: 'model A' }, { who: 'model B', for: 'model B' }],
  });
  assert.deepEqual(rows.slice(2).map(({ at, who, does }) => `${at}: ${who} ${does}`), ['end: model A waits for batcher B', 'end: model B waits for model A', 'end: model B waits for model B']);
  assert.deepEqual(rows.slice(2).map((row) => marked(row, 'waits').map(([, { x1, x2 }]) => Math.sign(x2 - x1))), [[1], [-1], []]);
  assert.equal(width, 10 + 2 * 18 + 10);
});

test('who gives up has waited since its last step', () => {
  const { rows } = drawnRun({ lanes: ['a', 'b'], steps: [step('b', 'x'), step('a', 'calls'), step('b', 'y'), step('a', 'gives up: it waited for b')], waits: [] });
  assert.deepEqual(rows.map((row) => marked(row, 'waits').map(([, { x1, y1, x2, y2 }]) => [x1, y1, x2, y2])), [[], [[10, 15, 10, '100%']], [[10, 0, 10, '100%']], [[10, 0, 10, 15]]]);
  assert.deepEqual(rows.map(({ goesWrong }) => goesWrong), [false, false, false, true]);
  const [, batcher] = kept.find(([file]) => file === 'ch03-run.html');
  assert.match(batcher, /class="waits"/, 'as the check of chapter 3 says it');
});

test('a line leads from each step to the next, and changes the lane with it', () => {
  const { rows } = drawnRun({ lanes: ['a', 'b'], steps: [step('a', 'x'), step('a', 'y'), step('b', 'z')], waits: [] });
  assert.deepEqual(rows.map((row) => marked(row, 'head then').length), [0, 0, 1]);
  assert.deepEqual(rows.map((row) => marked(row, 'then').length), [1, 2, 2]);
});

test('a message is told without its table, and whole if it has none', () => {
  assert.equal(withoutTable('seen\nexpected: b\nwhy\n\nstep  who  does\n1     a    x'), 'seen\nexpected: b\nwhy');
  assert.equal(withoutTable('seen\n\n(without the first 4 steps)\nat    who  does\n1 ms  a    x'), 'seen');
  assert.equal(withoutTable('seen\n\n  (without the first 4 steps)\n  step  who  does\n  5     a    x'), 'seen');
  assert.equal(withoutTable('seen\n\nmore'), 'seen\n\nmore');
});
