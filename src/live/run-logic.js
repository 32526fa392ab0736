// A run as a drawing: what a check recorded of a failure, step by step, with a lane for each thread or task. One row for each
// step, drawn in pixels from its own top: a row that wraps is higher, and its lines are as long. No DOM here. The pages'
// drawings are made of the same rows by `workbook/tests/claims/figure.rs`.

const MARGIN = 10;
const DOT = 15;
/** Lanes stand closer where they would be wider together: a phone has room for the words too. */
const APART = 18;
const TOGETHER = 132;
/** What a check remarks of a step stands behind this. */
const REMARK = /^(.*?) {3}<- (.*)$/s;

const line = (kind, x1, y1, x2, y2) => ['line', { class: kind, x1, y1, x2, y2 }];
const dot = (kind, cx) => ['circle', { class: kind, cx, cy: DOT, r: 5 }];
/** A line from one lane to another, with its head at the dot. */
function arrow(kind, from, to) {
  const [neck, tip] = to > from ? [to - 11, 7] : [to + 11, -7];
  return [line(kind, from, DOT, neck, DOT), ['path', { class: `head ${kind}`, d: `M${neck} ${DOT - 4}l${tip} 4l${-tip} 4z` }]];
}

/** How a check tells that a wait has taken too long. */
const GAVE_UP = 'gives up: it waited for ';

/** A message without the table of steps, which stands at its end; some are indented. */
export const withoutTable = (message) => message.replace(/\n\n *(?:\(without the first \d+ steps\)\n *)?(?:step|at) +who +does\n[^]*$/, '');

/**
 * The rows of `trace`, each with its time or number, who does what, and what is drawn of it: SVG elements as their names and
 * attributes. `width` is of the drawing, in pixels. What `goesWrong` is a wait without
 * an end, or what a check remarks of.
 */
export function drawnRun({ lanes: named, steps, waits }) {
  const lanes = [...new Set([...named, ...waits.flatMap(({ who, for: whom }) => [who, whom])])];
  const apart = Math.min(APART, Math.max(2, Math.floor(TOGETHER / Math.max(1, lanes.length - 1))));
  const x = (lane) => MARGIN + lanes.indexOf(lane) * apart;
  const read = steps.map(({ at, lane, what }, index) => {
    const [, does = what, remark] = what.match(REMARK) ?? [];
    return { at: at ?? String(index + 1), lane, does, remark, after: remark?.match(/\bafter step (\d+)$/)?.[1] };
  });
  // What nothing orders: the two steps are tied by a line beside the lanes.
  const last = read.findIndex(({ after }) => after);
  const first = last < 0 ? -1 : Number(read[last].after) - 1;
  // Who gives up has waited since its last step.
  const since = (index) => read.slice(0, index).findLastIndex(({ lane }) => lane === read[index].lane);
  const waited = read.flatMap(({ lane, does }, until) => (does.startsWith(GAVE_UP) ? [{ lane, from: since(until), until }] : []));
  const lanesEnd = MARGIN + (lanes.length - 1) * apart;
  const beside = lanesEnd + 14;
  const width = last < 0 ? lanesEnd + MARGIN : beside + 6;
  const allLanes = () => lanes.map((lane) => line('lane', x(lane), 0, x(lane), '100%'));

  const rows = read.map(({ at, lane, does, remark }, index) => {
    const marks = allLanes();
    const here = x(lane);
    if (index > 0) {
      const before = x(read[index - 1].lane);
      marks.push(line('then', before, 0, before, DOT));
      if (before !== here) marks.push(...arrow('then', before, here));
    }
    if (index < read.length - 1) marks.push(line('then', here, DOT, here, '100%'));
    for (const { lane: waits, from, until } of waited) {
      if (index < Math.max(from, 0) || index > until) continue;
      marks.push(line('waits', x(waits), index === from ? DOT : 0, x(waits), index === until ? DOT : '100%'));
    }
    if (index === first) marks.push(line('unordered', here, DOT, beside, DOT));
    if (index >= first && index < last) marks.push(line('unordered', beside, index === first ? DOT : 0, beside, '100%'));
    if (index === last) marks.push(line('unordered', beside, 0, beside, DOT + 3), line('unordered', here, DOT + 3, beside, DOT + 3));
    const goesWrong = remark !== undefined || does.startsWith(GAVE_UP);
    marks.push(dot(goesWrong ? 'dot wrong' : 'dot', here));
    return { at, who: lane, does, remark, goesWrong, marks };
  });
  const ends = waits.map(({ who, for: whom }) => ({
    at: 'end',
    who,
    does: `waits for ${whom}`,
    goesWrong: true,
    marks: [...allLanes(), ...(who === whom ? [] : arrow('waits', x(who), x(whom))), dot('dot wrong', x(who))],
  }));
  return { head: steps.some(({ at }) => at !== undefined) ? 'at' : 'step', width, rows: [...rows, ...ends] };
}
