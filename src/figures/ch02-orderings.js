// The orderings of the ready flag: the reader chooses a pair in a grid that is coloured by what loom found, and steps
// through a run of each thing that a request may see.

import { button, element, liveOutput, withCode } from '../live/element.js';
import { runDrawing } from './ch02-orderings-drawing.js';
import { options, outcomes, pairOf, pitfall, shipped, sights, stepWords, verdict } from './ch02-orderings-logic.js';
import { radios } from './radios.js';
import { keepWidth, widthFor } from '../live/svg.js';

const orders = { 'data first': 'data first, flag after', 'flag first': 'flag first, data after' };

/** A radio button for each pair of orderings, in a table: a row for the store's, a column for the load's. */
function pairGrid(onInput) {
  const table = element('table', 'pairs');
  const head = element('tr');
  head.append(element('td'), ...options.load.map((load) => headOf('col', 'load', load)));
  table.createTHead().append(head);
  const body = table.createTBody();
  const pairs = [];
  for (const store of options.store) {
    const row = element('tr');
    row.append(headOf('row', 'store', store));
    for (const load of options.load) {
      const pair = { store, load };
      const input = element('input');
      Object.assign(input, { type: 'radio', name: 'ch02-orderings-pair', checked: store === shipped.store && load === shipped.load });
      input.addEventListener('input', onInput);
      const mark = element('span', 'mark');
      mark.setAttribute('aria-hidden', 'true');
      const label = element('label');
      label.append(input, mark);
      const cell = element('td');
      cell.append(label);
      row.append(cell);
      pairs.push({ pair, input, mark, label });
    }
    body.append(row);
  }

  /** Colours the pairs, by whether a request may see no weights. */
  function colour(mayMiss) {
    for (const { pair, input, mark, label } of pairs) {
      const isWrong = mayMiss(pair);
      label.className = isWrong ? 'goes-wrong' : 'holds';
      mark.textContent = isWrong ? '✗' : '✓';
      input.setAttribute('aria-label', `${pairOf(pair)}: ${isWrong ? 'may see no weights' : 'sees the weights'}`);
    }
  }
  return { table, colour, value: () => pairs.find(({ input }) => input.checked).pair };
}

function headOf(scope, what, ordering) {
  const head = element('th', '', `${what} `);
  head.scope = scope;
  head.append(element('code', '', ordering));
  return head;
}

export const isStyled = true;

export async function mount(place) {
  place.classList.add('orderings');
  const found = await (await fetch(new URL('./ch02-orderings.json', import.meta.url))).json();
  const grid = pairGrid(() => choose());
  const order = radios({ name: 'ch02-orderings-order', legend: 'The order of the loader', options: orders, chosen: shipped.order, onInput: () => choose() });
  const seen = radios({ name: 'ch02-orderings-sees', legend: 'A request may see', options: Object.fromEntries(sights.map((sight) => [sight, sight])), onInput: () => start() });
  const said = liveOutput();
  const step = liveOutput();
  const stage = element('div', 'stage');
  const back = button('Back', () => go(at - 1));
  const next = button('Next', () => go(at + 1));
  const tools = element('div', 'controls tools');
  tools.append(back, next);
  let choice;
  let runs;
  let at;
  let show = () => {};

  function choose() {
    choice = { ...grid.value(), order: order.value() };
    grid.colour((pair) => outcomes(found, { ...pair, order: choice.order }).has(pitfall));
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

  const steps = () => runs.get(seen.value());

  /** A run is seen whole at first. */
  function start() {
    draw(widthFor(stage));
    go(steps().length - 1);
  }

  function draw(width) {
    const made = runDrawing(width, choice, steps());
    stage.replaceChildren(made.drawing);
    show = made.show;
  }

  // A button that cannot be used keeps the focus: the reader may be going back and forth by keyboard.
  function go(to) {
    at = Math.max(0, Math.min(to, steps().length - 1));
    show(at);
    step.replaceChildren(...withCode(stepWords(steps(), at)));
    back.setAttribute('aria-disabled', at === 0);
    next.setAttribute('aria-disabled', at === steps().length - 1);
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: choose a pair of orderings, and see which value of the weights a request may read.'),
    ' Which pairs draw the green arrow? Then let the loader store the flag first.');
  const source = element('p', 'source', 'In the exercise the weights are plain memory: each ✗ is a data race there, which is undefined '
    + 'behaviour. Loom, which found these runs, had a Relaxed atomic in their place, so that “none” is an outcome.');
  const choices = element('div', 'choices');
  const beside = element('div');
  beside.append(order.set, seen.set);
  choices.append(grid.table, beside);
  tools.append(step);
  place.append(tried, choices, said, stage, tools, source);
  choose();
  keepWidth(stage, (width) => { draw(width); go(at); });
}
