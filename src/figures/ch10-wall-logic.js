// What becomes of a ranking in which one document has no score: where it stands, and what the code does about it.

/** Cosines of seven documents; the one without text comes among them, and has none. */
export const scores = [0.35, 0.91, 0.58, 0.12, 0.74, -0.27, 0.66];

/** The reader of a search sees so many. */
export const LIMIT = 3;

export const kinds = {
  equal: 'partial_cmp, unwrap_or(Equal)',
  total: 'total_cmp, NaN',
  negative: 'total_cmp, −NaN',
  zero: '0.0 in its place',
  out: 'left out',
};

/** The documents in the order of their rows, the one without text in row `at`: its score is null. */
export const documents = (at) => scores.toSpliced(at, 0, null).map((score, row) => ({ row, score }));

const descending = (documents) => documents.toSorted((a, b) => b.score - a.score);

/** The documents as they are ranked, and those that are left out. */
export function rank(kind, at) {
  const all = documents(at);
  const [scored, empty] = [all.filter(({ score }) => score !== null), all.filter(({ score }) => score === null)];
  switch (kind) {
    // For up to 20 rows, Rust's sort moves each document up past lower scores until one is not lower. NaN never is: nothing
    // gets past it, and it gets past nothing.
    case 'equal': return { order: [...descending(all.slice(0, at)), ...empty, ...descending(all.slice(at + 1))], leftOut: [] };
    case 'total': return { order: [...empty, ...descending(scored)], leftOut: [] };
    case 'negative': return { order: [...descending(scored), ...empty], leftOut: [] };
    case 'zero': {
      const made = all.map(({ row, score }) => ({ row, score: score ?? 0, isMadeUp: score === null }));
      return { order: descending(made), leftOut: [] };
    }
    default: return { order: descending(scored), leftOut: empty };
  }
}

/** Whether a document stands before a better one, or has no score of its own. */
export const isMisplaced = (order, place) => order[place].score === null || Boolean(order[place].isMadeUp)
  || order.slice(place + 1).some(({ score }) => score !== null && score > order[place].score);

const shown = ({ score, isMadeUp }) => (score === null ? 'NaN' : isMadeUp ? '0.0' : String(score));

/** The hits, and what is wrong with the ranking, in words. */
export function outcome(kind, at) {
  const { order, leftOut } = rank(kind, at);
  const hits = `The first ${LIMIT}: ${order.slice(0, LIMIT).map(shown).join(', ')}.`;
  if (leftOut.length) return `${hits} These are the best, and left_out tells of row ${at}.`;
  const best = descending(documents(at).filter(({ score }) => score !== null)).slice(0, LIMIT);
  const missed = best.filter(({ row }) => !order.slice(0, LIMIT).some((hit) => hit.row === row));
  if (missed.length) return `${hits} Not among them: ${missed.map(shown).join(', ')}. Nothing reports it.`;
  const place = order.findIndex(({ score, isMadeUp }) => score === null || isMadeUp);
  const beaten = order.slice(place + 1).map(shown);
  if (kind === 'zero') return `${hits} These are the best. But the document without text stands before ${beaten.join(', ')}, and nothing tells that its score is made up.`;
  if (!order.some((_, at) => order[at].score !== null && isMisplaced(order, at))) {
    return `${hits} These are the best, this time. With a limit of ${order.length}, NaN is among the hits.`;
  }
  return `${hits} These are the best, but the order is wrong behind them.`;
}

/** Whether the outcome is as promised. */
export const isRight = (kind) => kind === 'out';
