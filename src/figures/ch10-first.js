// Batches of two, rounded down or up.

import { element } from '../live/element.js';
import { leftOut } from './ch10-first-logic.js';

export function mount(place) {
  const requests = element('input');
  requests.type = 'number';
  requests.min = 0;
  requests.value = 5;
  const up = element('input');
  up.type = 'checkbox';
  const outcome = element('output');
  const label = (text, input) => {
    const made = element('label', '', text);
    made.append(input);
    return made;
  };
  const tell = () => {
    const count = leftOut(Number(requests.value), 2, up.checked);
    outcome.className = count > 0 ? 'goes-wrong' : 'holds';
    outcome.textContent = `Requests in no batch: ${count}`;
  };
  const controls = element('div', 'controls');
  controls.append(label('Requests ', requests), label('Round up ', up));
  controls.addEventListener('input', tell);
  place.append(controls, outcome);
  tell();
}
