// A choice of one: radio buttons under a legend.

import { element } from '../live/element.js';

/**
 * `name` is the page's own for this choice; `options` maps each value to its label, or to what has a `label`; `onInput` is called when another one is
 * chosen. `inputs` maps each value to its input and to a note beside the label, empty at first.
 */
export function radios({ name, legend, options, chosen, onInput }) {
  const set = element('fieldset');
  set.append(element('legend', '', legend));
  const inputs = new Map(Object.entries(options).map(([value, option]) => {
    const input = element('input');
    Object.assign(input, { type: 'radio', name, value, checked: value === chosen });
    if (onInput) input.addEventListener('input', onInput);
    const note = element('span');
    const words = element('span', '', `${option.label ?? option} `);
    words.append(note);
    const holder = element('label');
    holder.append(input, ' ', words);
    set.append(holder, ' ');
    return [value, { input, note }];
  }));
  return { set, inputs, value: () => set.querySelector(':checked').value };
}
