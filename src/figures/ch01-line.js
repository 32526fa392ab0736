// Two values on the number line: the reader moves them, draws them apart and zooms, until one mark of f32 is all that
// is left of both.

import { element, liveOutput } from '../live/element.js';
import { lineDrawing, stepPlot } from './ch01-line-drawing.js';
import { APART_STEPS, ZOOM_STEPS, cast, outcome, shown, subjects } from './ch01-line-logic.js';
import { radios } from './radios.js';
import { slider } from './slider.js';
import { keepWidth, widthFor } from '../live/svg.js';

export const isStyled = true;

export function mount(place) {
  place.classList.add('number-line');
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: zoom out until you see the values of f32.'),
    ' Drag both along the line. How far apart must they be to land on two marks?');
  const subject = radios({
    name: 'ch01-line-subject', legend: 'Two values near', chosen: 'time',
    options: subjects, onInput: () => begin(),
  });
  const format = radios({
    name: 'ch01-line-format', legend: 'Cast to', options: { f64: 'f64', f32: 'f32', bf16: 'bf16' }, chosen: 'f32', onInput: () => show(),
  });
  const zoom = slider({ label: 'zoom out', most: ZOOM_STEPS, value: 0, onInput: () => show() });
  const apart = slider({ label: 'apart', most: APART_STEPS, value: 0, onInput: () => show() });
  const moved = slider({ label: 'both later', most: 100, value: 0, onInput: () => show() });
  const choices = element('div', 'controls');
  choices.append(subject.set, format.set);
  const sliders = element('div', 'controls sliders');
  sliders.append(zoom.holder, apart.holder, moved.holder);
  const stage = element('div', 'stage');
  const plot = element('div', 'stage');
  const output = liveOutput();
  place.append(tried, choices, sliders, stage, output, plot);

  const chosen = () => subjects[subject.value()];
  const span = () => 4 * chosen().apart * 2 ** zoom.value();

  function begin() {
    for (const { input } of [zoom, apart, moved]) input.value = 0;
    show();
  }

  function show(width = widthFor(stage)) {
    const { start, apart: least, unit } = chosen();
    const [gap, later] = [least * 2 ** apart.value(), (span() * moved.value()) / 200];
    const values = [start + later, start + later + gap];
    zoom.tell(`${shown(span())}${unit} wide`);
    apart.tell(`${shown(gap)}${unit}`);
    moved.tell(`${shown(later)}${unit}`);
    stage.replaceChildren(lineDrawing({ width, format: format.value(), centre: start + span() / 4, span: span(), values, unit }));
    plot.replaceChildren(stepPlot(width, format.value()));
    output.textContent = outcome(subject.value(), format.value(), ...values);
    output.className = cast(format.value(), values[0]) === cast(format.value(), values[1]) ? 'goes-wrong' : 'holds';
  }

  // A drag moves both values, as the slider does.
  stage.addEventListener('pointerdown', (down) => {
    stage.setPointerCapture(down.pointerId);
    const from = moved.value();
    const move = ({ clientX }) => {
      moved.input.value = from + ((clientX - down.clientX) / widthFor(stage)) * 200;
      show();
    };
    stage.addEventListener('pointermove', move);
    stage.addEventListener('lostpointercapture', () => stage.removeEventListener('pointermove', move), { once: true });
  });
  keepWidth(stage, show);
}
