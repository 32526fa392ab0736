// The orderings of the ready flag: the reader chooses them, and steps through a run of each thing that a request
// may see.

import { button, element } from '../live/element.js';
import { options, outcomes, pitfall, shipped, sights, stepWords, verdict } from './ch02-orderings-logic.js';
import { laneRow, lanesTable, withCode } from './lanes.js';
import { radios } from './radios.js';

const legends = { store: 'The loader stores ready with', load: 'The request loads ready with', order: 'The order of the loader' };
const labels = { 'data first': 'data first, flag after', 'flag first': 'flag first, data after' };
const lanes = ['loader', 'request'];

function choice(name, legend, values, onInput, chosen) {
  const labelled = Object.fromEntries(values.map((value) => [value, labels[value] ?? value]));
  return radios({ name: `ch02-orderings-${name}`, legend, options: labelled, chosen, onInput });
}

function output() {
  const made = element('output');
  made.setAttribute('aria-live', 'polite');
  return made;
}

export async function mount(place) {
  const found = await (await fetch(new URL('./ch02-orderings.json', import.meta.url))).json();
  const choices = Object.entries(options).map(([name, values]) => [name, choice(name, legends[name], values, () => choose(), shipped[name])]);
  const seen = choice('sees', 'A request may see', sights, () => start());
  const said = output();
  const step = output();
  const { holder, body } = lanesTable(lanes);
  const back = button('Back', () => go(at - 1));
  const next = button('Next', () => go(at + 1));
  const tools = element('p', 'controls');
  tools.append(back, ' ', next);
  let runs;
  let at;

  function choose() {
    const choice = Object.fromEntries(choices.map(([name, { value }]) => [name, value()]));
    runs = outcomes(found, choice);
    for (const [sight, { input, note }] of seen.inputs) {
      input.disabled = !runs.has(sight);
      note.textContent = runs.has(sight) ? '' : '(in no run)';
    }
    seen.inputs.get(runs.has(pitfall) ? pitfall : 'ready, with the weights').input.checked = true;
    said.textContent = verdict(found, choice);
    said.className = runs.has(pitfall) ? 'goes-wrong' : 'holds';
    start();
  }

  function start() {
    at = 0;
    show();
  }

  // A button that cannot be used keeps the focus: the reader may be going back and forth by keyboard.
  function go(to) {
    at = Math.max(0, Math.min(to, runs.get(seen.value()).length - 1));
    show();
  }

  function show() {
    const steps = runs.get(seen.value());
    body.replaceChildren(...steps.map((taken, number) => laneRow(lanes, taken, number, number > at)));
    step.replaceChildren(...withCode(stepWords(steps, at)));
    back.setAttribute('aria-disabled', at === 0);
    next.setAttribute('aria-disabled', at === steps.length - 1);
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: which orderings let a request see ready and no weights?'),
    ' Step through the run. Find the orderings that have no such run. Then let the loader store the flag first.');
  const source = element('p', 'source', 'Found by loom, in all its runs of these two threads. There the weights are a Relaxed '
    + 'atomic, so that “none” is an outcome. In the slot they are plain memory: each choice with that outcome is then a data '
    + 'race, which is undefined behaviour.');
  place.append(tried, ...choices.map(([, { set }]) => set), said, seen.set, tools, step, holder, source);
  choose();
}
