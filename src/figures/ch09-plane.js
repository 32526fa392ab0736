// Two texts in a batch: the reader makes one longer, and sees where the vector of the other one goes.

import { element, liveOutput } from '../live/element.js';
import { keepWidth, widthFor } from '../live/svg.js';
import { planeDrawing } from './ch09-plane-drawing.js';
import { MOST, hasMoved, outcome, variants } from './ch09-plane-logic.js';
import { radios } from './radios.js';
import { slider } from './slider.js';

export const isStyled = true;

export function mount(place) {
  place.classList.add('batch-plane');
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: make text 2 longer.'), ' Text 1 stays as it is. Then choose what is done about its padding.');
  const variant = radios({
    name: 'ch09-plane-variant', legend: 'What is done about padding', options: variants, chosen: 'shipped', onInput: () => show(),
  });
  const second = slider({ label: 'text 2 has', least: 1, most: MOST, value: 3, onInput: () => show() });
  const controls = element('div', 'controls');
  controls.append(second.holder);
  const stage = element('div', 'stage');
  const output = liveOutput();
  const source = element('p', 'source', 'An encoder of two numbers for each token: half its own point, and half the mean of the points that it attends to.');
  place.append(tried, variant.set, controls, output, stage, source);

  function show(width = widthFor(stage)) {
    const tokens = second.value();
    second.tell(`${tokens} ${tokens === 1 ? 'token' : 'tokens'}`);
    stage.replaceChildren(planeDrawing(width, variant.value(), tokens));
    output.textContent = outcome(variant.value(), tokens);
    output.className = hasMoved(variant.value(), tokens) ? 'goes-wrong' : 'holds';
  }

  keepWidth(stage, show);
  show();
}
