// When each request leaves the batcher of chapter 3, and when its reply comes. All times in milliseconds.

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

const listed = (numbers) => numbers.join(', ').replace(/, ([^,]*)$/, ' and $1');
const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What became of the requests, in words. */
export function outcome(code, { maxBatch, maxWait, requests }, fates) {
  const stuck = fates.flatMap((fate, at) => (fate.answered === undefined ? [at + 1] : []));
  if (stuck.length) {
    const who = stuck.length === 1 ? `Request ${stuck[0]} waits` : `Requests ${listed(stuck)} wait`;
    return `${who} for ever: the batch holds ${stuck.length} of ${maxBatch}, and nobody is there to send another.`;
  }
  const sent = counted(fates.at(-1).batch + 1, 'batch').replace('batchs', 'batches');
  const longest = Math.max(...fates.map(({ arrives, answered }) => answered - arrives));
  const all = requests === 1 ? 'The request is answered' : `All ${requests} requests are answered`;
  const reason = code === 'fixed' ? `No request waits longer than max_wait, ${maxWait} ms, for its batch to leave.`
    : `Only because ${requests} is a multiple of ${maxBatch}: every batch is full.`;
  return `${all}, in ${sent}; the longest wait is ${longest} ms. ${reason}`;
}
