// Two requests and their ids, step by step, on three classifiers. What comes of each order is compared with Rust
// (solutions/ch04-state/examples/orders.rs).

/** As in the run that the page shows. */
export const requests = { 1: [101, 102, 103, 104, 105], 2: [201, 202] };

/** Who shares the buffer, and whether one request keeps the other out from its call to its logits. */
export const variants = {
  shipped: { label: 'one buffer and &mut self, as shipped', shares: true, excludes: true },
  locks: { label: 'one buffer, a lock for each field', shares: true, excludes: false },
  own: { label: 'a buffer for each request', shares: false, excludes: false },
};

const STEPS = 3;
const other = (number) => 3 - number;
const list = (ids) => ids.join(' ');

/** Nobody has called yet. */
export function begin(variant) {
  const names = variants[variant].shares ? ['the buffer'] : ['the buffer of request 1', 'the buffer of request 2'];
  return { variant, buffers: names.map((name) => ({ name, ids: [] })), done: { 1: 0, 2: 0 }, ranOn: {}, rows: [] };
}

export const hasEnded = (state, number) => state.done[number] === STEPS;

/** Whether `number` waits for the lock that a server must put around `&mut self`. */
export function waits(state, number) {
  const otherDid = state.done[other(number)];
  return variants[state.variant].excludes && state.done[number] === 0 && otherDid > 0 && otherDid < STEPS;
}

/** As in the shipped `infer`: the buffer grows, and a shorter text leaves the rest as it is. */
const written = (ids, text) => [...text, ...ids.slice(text.length)];

/** The state after the next step of `number`. */
export function step(state, number) {
  const at = variants[state.variant].shares ? 0 : number - 1;
  const { buffers, ranOn, rows, done } = state;
  const next = { ...state, done: { ...done, [number]: done[number] + 1 } };
  const told = (who, does) => ({ ...next, rows: [...rows, { who, does }] });
  if (done[number] === 0) {
    const text = requests[number];
    return {
      ...told(`request ${number}`, `calls infer with ${list(text)}`),
      buffers: buffers.map((buffer, which) => (which === at ? { ...buffer, ids: written(buffer.ids, text) } : buffer)),
    };
  }
  if (done[number] === 1) {
    const { ids } = buffers[at];
    return { ...told('session', `runs request ${number}: ${list(ids)}`), ranOn: { ...ranOn, [number]: ids } };
  }
  return told(`request ${number}`, 'gets logits');
}

/** Each id's first digit says whose it is. */
export const owner = (id) => Math.floor(id / 100);

/** Whether `number` has logits that come from more than its own ids. */
export function isWrong(state, number) {
  return hasEnded(state, number) && list(state.ranOn[number]) !== list(requests[number]);
}

/** All states that can be reached, shortest orders first: `[order, state]`. */
export function* walk(variant) {
  const todo = [[[], begin(variant)]];
  while (todo.length) {
    const [order, state] = todo.shift();
    yield [order, state];
    for (const number of [1, 2]) {
      if (!hasEnded(state, number) && !waits(state, number)) todo.push([[...order, number], step(state, number)]);
    }
  }
}

/** How many orders of all steps there are, and in how many a request gets logits from ids of the other one. */
export function count(variant) {
  const ends = [...walk(variant)].map(([, state]) => state).filter((state) => hasEnded(state, 1) && hasEnded(state, 2));
  return { all: ends.length, wrong: ends.filter((state) => isWrong(state, 1) || isWrong(state, 2)).length };
}

/** The shortest order that goes wrong, or null. */
export function shortestWrong(variant) {
  for (const [order, state] of walk(variant)) if (isWrong(state, 1) || isWrong(state, 2)) return order;
  return null;
}

/** What `number` was answered from, in the words of the checks. */
function answered(state, number) {
  const of = (whose) => state.ranOn[number].filter((id) => owner(id) === whose).length;
  const others = of(other(number));
  return `Request ${number} was answered from ${of(number)} ids of its own`
    + `${others ? ` and ${others} of request ${other(number)}` : ''}.`;
}

export function countWords(variant) {
  const { all, wrong } = count(variant);
  const which = variants[variant].excludes ? `With &mut self one request ends before the other begins: of ${all} orders` : `Of the ${all} orders of these steps`;
  return `${which}, ${wrong === 0 ? 'none goes' : wrong === 1 ? '1 goes' : `${wrong} go`} wrong.`;
}

/** What has come of the steps so far, in words. */
export function fate(state) {
  if (!state.rows.length) return 'No request has called yet.';
  const ended = [1, 2].filter((number) => hasEnded(state, number));
  const answers = ended.map((number) => answered(state, number));
  const { who, does } = state.rows.at(-1);
  const last = `Step ${state.rows.length}, ${who}: ${does}.`;
  return [last, ...answers, ...(ended.length === 2 ? [countWords(state.variant)] : [])].join(' ');
}

export function waitWords(number) {
  return `Request ${number} waits: request ${other(number)} has the classifier to itself until it gets its logits.`;
}
