// Two batchers on the same requests: the reader sets the load and the limits, plays the run or steps through it, and
// sees who waits for whom.

import { button, element, liveOutput } from '../live/element.js';
import { batcherDrawing } from './ch03-batcher-drawing.js';
import { fatesOf, outcome, pictures, placesInWords, settings } from './ch03-batcher-logic.js';
import { slider } from './slider.js';
import { keepWidth, widthFor } from '../live/svg.js';

const codes = { shipped: 'As shipped', fixed: 'With a deadline' };
const leaves = { shipped: () => 'leaves when full', fixed: ({ maxWait }) => `leaves when full, or after ${maxWait} ms` };
/** How long a picture stands, in milliseconds, for one of the run: long enough to be seen, never long enough to bore. */
const stands = (gap) => Math.min(Math.max(60 * gap, 450), 1200);

/** A batcher's name, its drawing, and what becomes of the requests. */
function scene(code) {
  const holder = element('div', 'scene');
  const stage = element('div', 'stage');
  const output = liveOutput();
  holder.append(element('strong', '', codes[code]), stage, output);
  let show;
  return {
    holder,
    stage,
    draw(setting, width) {
      const made = batcherDrawing({ ...setting, width, rule: leaves[code](setting) });
      stage.replaceChildren(made.drawing);
      show = made.show;
    },
    tell(words, isBad) {
      output.textContent = words;
      output.className = isBad ? 'goes-wrong' : 'holds';
    },
    show: (...picture) => show(...picture),
  };
}

export const isStyled = true;

export function mount(place) {
  place.classList.add('batcher');
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: play the run, and see who is left behind.'),
    ' Then find a load at which the shipped batcher answers everyone, and add one request.');
  const sliders = Object.fromEntries(Object.keys(settings).map((name) => [name, slider({ ...settings[name], onInput: () => begin() })]));
  const controls = element('div', 'controls');
  controls.append(...Object.values(sliders).map(({ holder }) => holder));

  const play = button('Play', () => (timer ? pause() : run()));
  const step = button('Step', () => { pause(); go(at + 1); });
  const scrub = element('input');
  Object.assign(scrub, { type: 'range', min: 0 });
  scrub.addEventListener('input', () => { pause(); go(Number(scrub.value)); });
  const clock = element('span', 'clock');
  const scrubber = element('label', 'scrubber');
  scrubber.append(element('span', 'visually-hidden', 'moment of the run'), scrub, clock);
  const tools = element('div', 'controls tools');
  tools.append(play, step, scrubber);

  const scenes = Object.fromEntries(Object.keys(codes).map((code) => [code, scene(code)]));
  place.append(tried, controls, tools, ...Object.values(scenes).map(({ holder }) => holder));

  let setting;
  let all;
  let at;
  let timer;

  /** A new load or limit: both batchers are told at once how it ends, and their picture is the last one. */
  function begin() {
    pause();
    setting = Object.fromEntries(Object.entries(sliders).map(([name, { value }]) => [name, value()]));
    for (const [name, { tell }] of Object.entries(sliders)) tell(`${setting[name]}${settings[name].unit}`);
    const fates = fatesOf(setting);
    all = pictures(fates);
    scrub.max = all.length - 1;
    for (const [code, { tell }] of Object.entries(scenes)) {
      tell(outcome(code, setting, fates[code]), fates[code].some(({ answered }) => answered === undefined));
    }
    draw(widthFor(scenes.shipped.stage));
    go(all.length - 1);
  }

  function draw(width) {
    for (const scene of Object.values(scenes)) scene.draw(setting, width);
  }

  function go(to) {
    at = Math.max(0, Math.min(to, all.length - 1));
    const { time, shipped, fixed } = all[at];
    const isForEver = time === Infinity;
    scenes.shipped.show(shipped, isForEver);
    scenes.fixed.show(fixed, isForEver);
    clock.textContent = isForEver ? 'for ever' : `${time} ms`;
    scrub.value = at;
    scrub.setAttribute('aria-valuetext',
      `${clock.textContent}. As shipped: ${placesInWords(shipped)}. With a deadline: ${placesInWords(fixed)}.`);
    step.setAttribute('aria-disabled', at === all.length - 1);
  }

  function run() {
    play.textContent = 'Pause';
    if (at === all.length - 1) go(0);
    const next = () => {
      go(at + 1);
      if (at === all.length - 1) pause();
      else wait();
    };
    const wait = () => {
      const gap = all[at + 1].time - all[at].time;
      timer = setTimeout(next, stands(Number.isFinite(gap) ? gap : 0));
    };
    wait();
  }

  function pause() {
    clearTimeout(timer);
    timer = undefined;
    play.textContent = 'Play';
  }

  begin();
  keepWidth(scenes.shipped.stage, (width) => { draw(width); go(at); });
}
