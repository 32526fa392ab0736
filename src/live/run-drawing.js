// A run, drawn: a table of its steps with the lanes in its middle column. The table is the text of the drawing.

import { element, withCode } from './element.js';
import { drawnRun } from './run-logic.js';
import { svg } from './svg.js';

/** So many steps at the end are shown at once: that is where a run goes wrong. */
const SHOWN = 16;
/** A longer run is drawn from its end too. */
const DRAWN = 200;

function drawing(marks, width) {
  const drawn = svg('svg', { width, height: '100%', 'aria-hidden': 'true' });
  drawn.append(...marks.map(([name, attributes]) => svg(name, attributes)));
  return drawn;
}

function tableRow({ at, who, does, remark, goesWrong, marks }, width) {
  const row = element('tr', goesWrong ? 'wrong' : '');
  const head = element('th', '', at);
  head.scope = 'row';
  const cell = element('td');
  cell.append(drawing(marks, width), element('strong', '', who), ' ', ...withCode(does));
  if (remark !== undefined) cell.append(element('span', 'remark', remark));
  row.append(head, cell);
  return row;
}

function columnHead(name) {
  const head = element('th', '', name);
  head.scope = 'col';
  return head;
}

/** What a check recorded of a run, with a slider that goes through it step by step. */
export function runDrawing(trace) {
  const { head, width, rows: all } = drawnRun(trace);
  const rows = all.slice(-DRAWN);
  const table = element('table');
  table.style.setProperty('--drawing', `${width}px`);
  const heads = element('tr');
  heads.append(columnHead(head), columnHead('who does what'));
  table.createTHead().append(heads);
  const made = rows.map((row) => tableRow(row, width));
  table.createTBody().append(...made);

  const slider = element('input');
  slider.type = 'range';
  slider.min = 1;
  slider.max = rows.length;
  slider.value = rows.length;
  const label = element('label', 'scrub', 'Step by step ');
  label.append(slider);
  const left = Math.max(0, rows.length - SHOWN);
  made.slice(0, left).forEach((row) => { row.hidden = true; });
  slider.addEventListener('input', () => {
    const at = Number(slider.value);
    const { at: when, who, does } = rows[at - 1];
    slider.setAttribute('aria-valuetext', `${when}: ${who} ${does}`);
    made.forEach((row, index) => {
      row.classList.toggle('to-come', index >= at);
      row.hidden = index < Math.min(left, Math.max(0, at - 4));
    });
    made[at - 1].scrollIntoView({ block: 'nearest' });
  });
  const run = element('div', 'run');
  run.append(label, table);
  return run;
}
