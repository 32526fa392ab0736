// Where code and verdict are not side by side: one line of the verdict that stays in view.

import { button, element } from './element.js';

/** Puts the strip at the end of `bench`; `show` leads to the verdict. */
export function verdictStrip(bench, show) {
  const strip = element('div', 'strip');
  const words = element('span', 'words');
  strip.append(words, button('Show', show));
  bench.append(strip);
  return {
    tell({ passed, of, failure, line, known, isWaiting }) {
      const { run, verdict } = known;
      strip.classList.toggle('passes', Boolean(verdict?.passes) && !run);
      if (isWaiting || run || !verdict || verdict.verdict.outcome.kind !== 'ran') words.textContent = line;
      else words.textContent = `${passed} of ${of} pass${failure ? `, first failure: ${failure.sentence}` : ''}`;
    },
  };
}
