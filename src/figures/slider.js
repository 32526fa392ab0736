// A number to choose: a slider with its name and what it stands at.

import { element } from '../live/element.js';

/** `onInput` is called when the slider moves; `tell` says what it stands at, with the unit. */
export function slider({ label, least = 0, most, step = 1, value, onInput }) {
  const input = element('input');
  Object.assign(input, { type: 'range', min: least, max: most, step, value });
  input.addEventListener('input', onInput);
  const shown = element('span', 'value');
  const holder = element('label', 'slider');
  holder.append(element('span', 'name', label), input, shown);
  return {
    holder,
    input,
    value: () => Number(input.value),
    tell(words) {
      shown.textContent = words;
      // A screen reader says the unit too.
      input.setAttribute('aria-valuetext', words);
    },
  };
}
