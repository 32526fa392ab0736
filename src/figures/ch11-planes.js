// A picture on its way into planes: the reader chooses the picture and what the code does, and sees what the model sees.

import { element, liveOutput } from '../live/element.js';
import { keepWidth, widthFor } from '../live/svg.js';
import { planesDrawing } from './ch11-planes-drawing.js';
import { fate, modes, pictures, seen, wrongPlaces } from './ch11-planes-logic.js';
import { radios } from './radios.js';

export const isStyled = true;

export function mount(place) {
  place.classList.add('planes');
  const onInput = () => tell();
  const picture = radios({ name: 'ch11-planes-picture', legend: 'The picture is', options: pictures, chosen: 'wide', onInput });
  const mode = radios({ name: 'ch11-planes-mode', legend: 'The code permutes an array of', options: modes, chosen: 'old', onInput });
  const output = liveOutput();
  const stage = element('div', 'stage');

  function draw(width) {
    const chosen = pictures[picture.value()];
    stage.replaceChildren(planesDrawing(width, chosen, seen(mode.value(), chosen)));
  }

  function tell() {
    const chosen = pictures[picture.value()];
    output.textContent = fate(mode.value(), chosen);
    output.className = wrongPlaces(mode.value(), chosen) > 0 ? 'goes-wrong' : mode.value() === 'right' ? 'holds' : '';
    draw(widthFor(stage));
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: find the picture in which every mistake shows, and one that hides each.'),
    ' The model reads three planes, one after the other. A value keeps the colour that it has in the picture.');
  place.append(tried, mode.set, picture.set, output, stage);
  tell();
  keepWidth(stage, draw);
}
