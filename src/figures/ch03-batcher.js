// The batcher's timeline: the reader sets the load and the limits, and sees who waits for whom.

import { element } from '../live/element.js';
import { batchers, outcome, settings } from './ch03-batcher-logic.js';
import { radios } from './radios.js';

const codes = { shipped: 'as shipped', fixed: 'with a deadline' };

function slider(name, onInput) {
  const { label, least, most, step, value, unit } = settings[name];
  const input = element('input');
  Object.assign(input, { type: 'range', min: least, max: most, step, value });
  const shown = element('span', 'value');
  const show = () => {
    shown.textContent = `${input.value}${unit}`;
    // A screen reader says the unit too.
    input.setAttribute('aria-valuetext', shown.textContent);
  };
  input.addEventListener('input', () => { show(); onInput(); });
  show();
  const holder = element('label');
  holder.append(element('span', 'name', label), input, shown);
  return { holder, input };
}

/** A part of a request's time, from `from` to `to` of `whole` milliseconds. */
function bar(kind, from, to, whole) {
  const made = element('span', `bar ${kind}`);
  made.style.insetInlineStart = `${(from / whole) * 100}%`;
  made.style.width = `${((to - from) / whole) * 100}%`;
  return made;
}

function row({ arrives, batch, leaves, answered }, at, whole) {
  const made = element('tr');
  const head = element('th', '', `${at + 1}, at ${arrives} ms`);
  head.scope = 'row';
  const track = element('td', 'track');
  const lane = element('div', 'lane');
  const words = element('td', 'words');
  if (answered === undefined) {
    lane.append(bar('stuck', arrives, whole, whole));
    words.append(element('strong', '', 'waits for ever'));
  } else {
    lane.append(bar('waits', arrives, leaves, whole), bar('runs', leaves, answered, whole));
    words.append(`batch ${batch + 1} at ${leaves}, reply at ${answered} ms`);
  }
  track.append(lane);
  made.append(head, track, words);
  return made;
}

function legend() {
  const made = element('p', 'key');
  const parts = { waits: 'waits in the batcher', runs: 'is at the model, for 7 ms', stuck: 'waits for ever' };
  for (const [kind, means] of Object.entries(parts)) {
    const part = element('span');
    part.append(element('span', `bar ${kind}`), ` ${means}`);
    made.append(part, ' ');
  }
  return made;
}

export const isStyled = true;

export function mount(place) {
  place.classList.add('batcher');
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: find a load at which nobody waits for ever.'),
    ' Then add one request. Then give the batcher a deadline.');
  const code = radios({ name: 'ch03-batcher-code', legend: 'The batcher', options: codes, chosen: 'shipped', onInput: () => show() });
  const sliders = Object.fromEntries(Object.keys(settings).map((name) => [name, slider(name, () => show())]));
  const controls = element('div', 'controls');
  controls.append(...Object.values(sliders).map(({ holder }) => holder));
  const output = element('output');
  output.setAttribute('aria-live', 'polite');
  const table = element('table');
  const head = element('tr');
  const time = element('th', 'track');
  for (const [column, name] of [['th', 'request'], [time], ['th', 'what becomes of it']]) {
    const cell = name ? element(column, '', name) : column;
    cell.scope = 'col';
    head.append(cell);
  }
  table.createTHead().append(head);
  const body = table.createTBody();

  function show() {
    const setting = Object.fromEntries(Object.entries(sliders).map(([name, { input }]) => [name, Number(input.value)]));
    const fates = batchers[code.value()](setting);
    const last = Math.max(...fates.map(({ arrives, answered }) => answered ?? arrives + setting.maxWait));
    time.textContent = `0 to ${last} ms`;
    body.replaceChildren(...fates.map((fate, at) => row(fate, at, last)));
    output.textContent = outcome(code.value(), setting, fates);
  }

  place.append(tried, code.set, controls, output, table, legend());
  show();
}
