// A search by the bundled encoder: the reader chooses what is forgotten, and whether the store compares fingerprints.

import { element, liveOutput } from '../live/element.js';
import { keepWidth, widthFor } from '../live/svg.js';
import { searchDrawing } from './ch08-search-drawing.js';
import { cases, fate, passages, prefix, query, search } from './ch08-search-logic.js';
import { radios } from './radios.js';

export const isStyled = true;

export async function mount(place) {
  place.classList.add('search');
  const answer = await fetch(new URL('./ch08-search.json', import.meta.url));
  const data = await answer.json();
  const forgotten = radios({
    name: 'ch08-forgotten', legend: 'What is forgotten', options: cases, chosen: 'nothing', onInput: () => show(),
  });
  const compares = element('input');
  compares.type = 'checkbox';
  compares.addEventListener('input', () => show());
  const holder = element('label');
  holder.append(compares, ' The store compares fingerprints');
  const tools = element('p', 'controls');
  tools.append(holder);
  const output = liveOutput();
  const stage = element('div', 'stage');
  let drawn;

  function draw(width) {
    drawn = searchDrawing(width);
    stage.replaceChildren(drawn.drawing);
    show();
  }

  function show() {
    const result = search(data, forgotten.value());
    const isRefused = compares.checked && result.refused;
    output.textContent = fate(data, forgotten.value(), compares.checked);
    const isRight = isRefused || result.hits[0].text === passages[0];
    output.className = isRight ? 'holds' : 'goes-wrong';
    drawn.show(result, isRefused);
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: make the best hit wrong without an error.'),
    ` A reader asks for "${query}". The recipe says: "${prefix}" before a query, the mean of all tokens, length 1. Then let the store compare,`
    + ' and find the mistake that it cannot see.');
  const source = element('p', 'source', 'Hidden states of the bundled encoder, which was not trained on prefixes: '
    + 'a recipe decides the order here. How much quality it is worth, the figure cannot tell.');
  place.append(tried, forgotten.set, tools, output, stage, source);
  draw(widthFor(stage));
  keepWidth(stage, draw);
}
