// When each request leaves the batcher of chapter 3, and when its reply comes. All times in milliseconds.

import { plural } from '../live/words.js';

export const MODEL_TAKES = 7;

/** The sliders: an even spacing and an odd max_wait never bring a request in the very moment of a deadline. */
export const settings = {
  maxBatch: { label: 'max_batch', least: 1, most: 8, step: 1, value: 3, unit: '' },
  maxWait: { label: 'max_wait', least: 5, most: 95, step: 10, value: 25, unit: ' ms' },
  requests: { label: 'requests', least: 1, most: 12, step: 1, value: 5, unit: '' },
  spacing: { label: 'one every', least: 0, most: 30, step: 2, value: 4, unit: ' ms' },
};

/** Collects in the order of arrival; `leavesAt` says when a batch goes to the model, or null for never. */
function collect({ requests, spacing }, isComplete, leavesAt) {
  const fates = [];
  let batch = [];
  let number = 0;
  const send = () => {
    const leaves = leavesAt(batch);
    for (const { at } of batch) {
      fates.push({ arrives: at, ...(leaves === null ? {} : { batch: number, leaves, answered: leaves + MODEL_TAKES }) });
    }
    batch = [];
    number += 1;
  };
  for (let request = 0; request < requests; request += 1) {
    const at = request * spacing;
    if (batch.length && isComplete(batch, at)) send();
    batch.push({ at });
  }
  send();
  return fates;
}

export const batchers = {
  /** Sends full batches only, and collects nothing while the model runs. */
  shipped(setting) {
    let modelIsFree = 0;
    return collect(setting, (batch) => batch.length === setting.maxBatch, (batch) => {
      if (batch.length < setting.maxBatch) return null;
      const leaves = Math.max(batch.at(-1).at, modelIsFree);
      modelIsFree = leaves + MODEL_TAKES;
      return leaves;
    });
  },
  /** Sends a batch when it is full, or max_wait after its first request. */
  fixed(setting) {
    const deadline = (batch) => batch[0].at + setting.maxWait;
    const isFull = (batch) => batch.length === setting.maxBatch;
    return collect(setting, (batch, at) => isFull(batch) || at > deadline(batch),
      (batch) => (isFull(batch) ? batch.at(-1).at : deadline(batch)));
  },
};

/** When the batcher begins to collect the next batch, after one that left at `left`. */
const collectsAgain = { shipped: (left) => left + MODEL_TAKES, fixed: (left) => left };

/** When each request's batch began to be collected; the first one always was. */
function opened(code, fates) {
  let [batch, opens, lastLeft] = [undefined, -Infinity, undefined];
  return fates.map((fate) => {
    if (fate.batch !== batch) {
      if (lastLeft !== undefined) opens = collectsAgain[code](lastLeft);
      batch = fate.batch;
    }
    lastLeft = fate.leaves;
    return opens;
  });
}

/**
 * Where each request is at `time`: 'to come', 'queued', 'batch', 'model' or 'answered'. Much may happen in one
 * millisecond: `isAfter` tells whether what leaves then has left. What arrives is there either way.
 */
export function places(code, fates, { time, isAfter }) {
  const isPast = (moment) => (isAfter ? moment <= time : moment < time);
  const opens = opened(code, fates);
  return fates.map(({ arrives, leaves = Infinity, answered = Infinity }, at) => {
    if (arrives > time) return 'to come';
    if (isPast(answered)) return 'answered';
    if (isPast(leaves)) return 'model';
    return isPast(opens[at]) ? 'batch' : 'queued';
  });
}

/** What becomes of the same requests in both batchers. */
export const fatesOf = (setting) => Object.fromEntries(Object.entries(batchers).map(([code, run]) => [code, run(setting)]));

/**
 * The run of both batchers, whose `fates` these are, as pictures one after the other: `{ time, isAfter, shipped, fixed }` with
 * the places of both. A last picture with the time Infinity shows who waits for ever, if any request does.
 */
export function pictures(fates) {
  const moments = new Set(Object.values(fates).flat().flatMap(({ arrives, leaves, answered }) => [arrives, leaves, answered]));
  moments.delete(undefined);
  const all = [];
  for (const time of [...moments].sort((one, other) => one - other)) {
    for (const isAfter of [false, true]) {
      const picture = { time, isAfter, ...Object.fromEntries(Object.keys(fates).map((code) =>
        [code, places(code, fates[code], { time, isAfter })])) };
      const same = (code) => String(all.at(-1)?.[code]) === String(picture[code]);
      if (!(same('shipped') && same('fixed'))) all.push(picture);
    }
  }
  if (Object.values(fates).flat().some(({ answered }) => answered === undefined)) {
    all.push({ ...all.at(-1), time: Infinity, isAfter: true });
  }
  return all;
}

const listed = (numbers) => numbers.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** What became of the requests, in words. */
export function outcome(code, { maxBatch, maxWait, requests }, fates) {
  const stuck = fates.flatMap((fate, at) => (fate.answered === undefined ? [at + 1] : []));
  if (stuck.length) {
    const who = stuck.length === 1 ? `Request ${stuck[0]} waits` : `Requests ${listed(stuck)} wait`;
    return `${who} for ever: the batch holds ${stuck.length} of ${maxBatch}, and no client sends another.`;
  }
  const sent = plural(fates.at(-1).batch + 1, 'batch', 'batches');
  const longest = Math.max(...fates.map(({ arrives, answered }) => answered - arrives));
  const all = requests === 1 ? 'The request is answered' : `All ${requests} requests are answered`;
  const reason = code === 'fixed' ? `No request waits longer than max_wait, ${maxWait} ms, for its batch to leave.`
    : `Only because ${requests} is a multiple of ${maxBatch}: every batch is full.`;
  return `${all}, in ${sent}; the longest wait is ${longest} ms, ${MODEL_TAKES} of it at the model. ${reason}`;
}

/** Where the requests of one picture are, in words. */
export function placesInWords(places) {
  const words = { queued: 'in the queue', batch: 'in the batch', model: 'at the model', answered: 'answered' };
  const parts = Object.entries(words).flatMap(([place, where]) => {
    const count = places.filter((one) => one === place).length;
    return count ? [`${count} ${where}`] : [];
  });
  return parts.length ? parts.join(', ') : 'nothing yet';
}
