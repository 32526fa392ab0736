// Two clocks: the time, and what a model gets of it when it is cast.

import { element } from '../live/element.js';
import { cast, span, written } from './cover-clocks-logic.js';
import { radios } from './radios.js';

export function mount(place) {
  const [, ...old] = place.children;
  const now = element('span', 'time');
  const got = element('span', 'time');
  const words = element('p', 'words');
  const line = (name, time) => {
    const made = element('p', 'clock');
    made.append(element('span', '', name), time);
    return made;
  };
  const type = radios({
    name: 'cover-clocks-type', legend: 'Cast to', options: { f32: 'f32', bf16: 'bf16' }, chosen: 'f32', onInput: () => show(),
  });

  function show() {
    const seconds = Date.now() / 1000;
    const { value, still } = cast(seconds, type.value());
    now.textContent = written(seconds);
    got.textContent = written(value);
    const off = Math.abs(value - seconds);
    words.textContent = `${off < 1 ? 'Right, for once' : `${span(off)} off`}. It stands still for another ${span(still)}.`;
  }

  old.forEach((part) => part.remove());
  place.append(line('The time', now), line('Your model’s', got), type.set, words);
  show();
  setInterval(() => { if (!document.hidden) show(); }, 500);
}
