// A document without a score among seven with one: the reader moves it, and chooses what the code does about it.

import { element, liveOutput } from '../live/element.js';
import { keepWidth, widthFor } from '../live/svg.js';
import { wallDrawing } from './ch10-wall-drawing.js';
import { isRight, kinds, outcome, scores } from './ch10-wall-logic.js';
import { radios } from './radios.js';
import { slider } from './slider.js';

export const isStyled = true;

export function mount(place) {
  place.classList.add('wall');
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: move the document without text.'),
    ' Where must it stand so that nobody notices? Then choose what the code does about it.');
  const kind = radios({ name: 'ch10-wall-kind', legend: 'What the code does about NaN', options: kinds, chosen: 'equal', onInput: () => show() });
  const at = slider({ label: 'it stands in row', most: scores.length, value: 3, onInput: () => show() });
  const controls = element('div', 'controls');
  controls.append(at.holder);
  const stage = element('div', 'stage');
  const output = liveOutput();
  place.append(tried, kind.set, controls, stage, output);

  function show(width = widthFor(stage)) {
    at.tell(`${at.value()}`);
    stage.replaceChildren(wallDrawing(width, kind.value(), at.value()));
    output.textContent = outcome(kind.value(), at.value());
    output.className = isRight(kind.value()) ? 'holds' : 'goes-wrong';
  }

  keepWidth(stage, show);
  show();
}
