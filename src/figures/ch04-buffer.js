// Two requests on one buffer: the reader steps each, in any order, and sees whose ids an answer comes from.

import { button, element, liveOutput } from '../live/element.js';
import { bufferDrawing } from './ch04-buffer-drawing.js';
import {
  begin, countWords, fate, hasEnded, isWrong, shortestWrong, step, variants, waitWords, waits,
} from './ch04-buffer-logic.js';
import { radios } from './radios.js';
import { keepWidth, widthFor } from '../live/svg.js';

export const isStyled = true;

export function mount(place) {
  place.classList.add('buffer');
  const variant = radios({
    name: 'ch04-buffer-variant', legend: 'The classifier has', options: variants, chosen: 'shipped', onInput: () => startAgain(),
  });
  const steppers = [1, 2].map((number) => [number, button(`Step request ${number}`, () => go(number))]);
  const tools = element('p', 'controls');
  tools.append(...steppers.flatMap(([, made]) => [made, ' ']), button('Start again', () => startAgain()), ' ',
    button('The shortest order that goes wrong', () => goWrong()));
  const output = liveOutput();
  const stage = element('div', 'stage');
  let state;
  let drawn;

  function startAgain() {
    state = begin(variant.value());
    draw(widthFor(stage));
    show(fate(state));
  }

  function draw(width) {
    drawn = bufferDrawing(width, state);
    stage.replaceChildren(drawn.drawing);
  }

  // A button that cannot be used keeps the focus, and says why.
  function go(number) {
    if (waits(state, number)) {
      show(waitWords(number));
    } else if (hasEnded(state, number)) {
      show(`Request ${number} has its logits. ${fate(state)}`);
    } else {
      state = step(state, number);
      show(fate(state));
    }
  }

  function goWrong() {
    const order = shortestWrong(variant.value());
    state = (order ?? []).reduce(step, begin(variant.value()));
    show(order ? fate(state) : `There is no such order. ${countWords(variant.value())}`);
  }

  function show(words) {
    output.textContent = words;
    const wrong = isWrong(state, 1) || isWrong(state, 2);
    output.className = wrong ? 'goes-wrong' : hasEnded(state, 1) && hasEnded(state, 2) ? 'holds' : '';
    drawn.show(state);
    for (const [number, made] of steppers) {
      made.setAttribute('aria-disabled', hasEnded(state, number) || waits(state, number));
    }
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: let a request be answered from ids of the other one.'),
    ' Each request calls, runs and gets its logits; you say whose step comes next. Then find out whether locks help.');
  const source = element('p', 'source', 'A lock for each field is held while that field is used: for the copy into the buffer, '
    + 'and again for the run.');
  place.append(tried, variant.set, tools, output, stage, source);
  startAgain();
  keepWidth(stage, (width) => { draw(width); drawn.show(state); });
}
