// Who does what, step by step: a table with a lane for each.

import { element } from '../live/element.js';

/** Text in which what stands between backticks is code. */
export function withCode(text) {
  return text.split('`').map((part, at) => (at % 2 ? element('code', '', part) : part));
}

/** An empty table for the steps of `lanes`, its holder and its body. */
export function lanesTable(lanes) {
  const table = element('table');
  const head = element('tr');
  head.append(...['step', ...lanes].map((name) => {
    const cell = element('th', '', name);
    cell.scope = 'col';
    return cell;
  }));
  table.createTHead().append(head);
  const holder = element('div', 'lanes');
  holder.append(table);
  return { holder, body: table.createTBody() };
}

/** The row of the step at `at`: `who` does what. One that is still to come has its number only. */
export function laneRow(lanes, { who, does }, at, isToCome = false) {
  const row = element('tr');
  const head = element('th', '', String(at + 1));
  head.scope = 'row';
  row.append(head, ...lanes.map((lane) => {
    const happens = lane === who && !isToCome;
    const cell = element('td', happens ? 'event' : '');
    if (happens) cell.append(...withCode(does));
    cell.dataset.lane = lane;
    return cell;
  }));
  return row;
}
