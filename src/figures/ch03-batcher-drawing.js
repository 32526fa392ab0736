// One batcher, drawn: the requests move from their clients to the seats of a batch, to the model, and back.

import { settings } from './ch03-batcher-logic.js';
import { arrow, straight, svg } from '../live/svg.js';

const COLUMNS = 4;
const ROWS = settings.requests.most / COLUMNS;
/** Above the zones and below them: room for who waits for whom. */
const BAND = 38;
const TITLE = 24;

/** Where the parts of a drawing of `width` pixels are. */
function layout(width) {
  const cell = width < 480 ? 21 : 28;
  const zoneWidth = COLUMNS * cell + 10;
  const gap = (width - 3 * zoneWidth - 2) / 2;
  const zoneHeight = TITLE + ROWS * cell + 6;
  const zones = Object.fromEntries(['clients', 'batch', 'model'].map((name, at) => [name, 1 + at * (zoneWidth + gap)]));
  const slot = (zone, at) => [
    zones[zone] + 5 + cell * (at % COLUMNS + 0.5),
    BAND + TITLE + cell * (Math.floor(at / COLUMNS) + 0.5),
  ];
  return { cell, zoneWidth, zoneHeight, zones, slot, height: zoneHeight + 2 * BAND };
}

/** What stands still: the zones, the way of a request, and the circle of who waits for whom, which is hidden at first. */
function scene(at, rule) {
  const { zones, zoneWidth, zoneHeight } = at;
  const middle = BAND + TITLE + (zoneHeight - TITLE) / 2;
  const bottom = BAND + zoneHeight;
  const drawn = [];
  const titles = {};
  for (const [name, x] of Object.entries(zones)) {
    drawn.push(svg('rect', { class: 'zone', x, y: BAND, width: zoneWidth, height: zoneHeight, rx: 6 }));
    titles[name] = svg('text', { class: 'title', x: x + zoneWidth / 2, y: BAND + 16 }, name);
    drawn.push(titles[name]);
  }
  for (const [from, to] of [['clients', 'batch'], ['batch', 'model']]) {
    drawn.push(straight([zones[from] + zoneWidth + 3, middle], [zones[to] - 3, middle], 'way'));
  }
  const [model, clients, batch] = ['model', 'clients', 'batch'].map((name) => zones[name] + zoneWidth / 2);
  const back = arrow({ d: `M${model},${bottom + 2} V${bottom + 14} H${clients} V${bottom + 9}`, end: [clients, bottom + 3], towards: [0, -1] }, 'way');
  const ruleText = svg('text', { class: 'rule', x: batch, y: BAND - 8 }, rule);
  const circle = svg('g', { class: 'circle' });
  circle.append(
    arrow({ d: `M${batch},${BAND - 3} C${batch},2 ${clients},2 ${clients},${BAND - 9}`, end: [clients, BAND - 3], towards: [0, 1] }, 'waits'),
    arrow({ d: `M${clients},${bottom + 3} C${clients},${bottom + 36} ${batch},${bottom + 36} ${batch},${bottom + 9}`, end: [batch, bottom + 3], towards: [0, -1] }, 'waits'),
    svg('text', { class: 'waits', x: (clients + batch) / 2, y: 15 }, 'waits for one more request'),
    svg('text', { class: 'waits', x: (clients + batch) / 2, y: bottom + BAND - 7 }, 'their clients wait for replies'),
  );
  drawn.push(back, ruleText, circle);
  return { drawn, titles, circle, open: [back, ruleText] };
}

/**
 * A drawing of `requests` requests in batches of `maxBatch`, to stand in `width` pixels, and `show` for its pictures. `rule`
 * says when a batch leaves.
 */
export function batcherDrawing({ width, maxBatch, requests, rule }) {
  const at = layout(width);
  const drawing = svg('svg', { width, height: at.height, 'aria-hidden': 'true' });
  const { drawn, titles, circle, open } = scene(at, rule);
  drawing.append(...drawn);
  for (let seat = 0; seat < maxBatch; seat += 1) {
    const [x, y] = at.slot('batch', seat);
    const side = at.cell - 3;
    drawing.append(svg('rect', { class: 'seat', x: x - side / 2, y: y - side / 2, width: side, height: side, rx: 3 }));
  }
  const dots = Array.from({ length: requests }, (_, request) => {
    const dot = svg('g', {});
    dot.append(svg('circle', { r: at.cell / 2 - 3 }), svg('text', { dy: '0.35em' }, request + 1));
    drawing.append(dot);
    return dot;
  });

  /** Moves each request to its place; `isForEver`: whoever is not answered now never will be. */
  function show(places, isForEver) {
    let seat = 0;
    let waiting = 0;
    places.forEach((place, request) => {
      const isStuck = isForEver && place !== 'answered';
      const [x, y] = place === 'batch' ? at.slot('batch', seat++) : at.slot(place === 'model' ? 'model' : 'clients', request);
      dots[request].setAttribute('class', `dot ${place.replace(' ', '-')}${isStuck ? ' stuck' : ''}`);
      dots[request].style.transform = `translate(${x}px, ${y}px)`;
      if (isStuck) waiting += 1;
    });
    titles.batch.textContent = `batch: ${seat} of ${maxBatch}`;
    circle.classList.toggle('closed', waiting > 0);
    for (const part of open) part.classList.toggle('off', waiting > 0);
  }
  return { drawing, show };
}
