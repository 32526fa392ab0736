// What is known of a chapter's checks, from the server's news: the last result of each, and the run that is under way.
// No DOM here.

/** At first only the names and sentences that the page lists. */
export const nothingKnown = (checks) => ({ checks, run: null, verdict: null });

/** A run goes on, or a new one begins: what was known stays until it is known anew. */
export function goesOn(known, { phase, before }) {
  const isNew = !known.run || (known.run.phase?.step === 'running' && phase?.step !== 'running');
  return {
    ...known,
    run: { phase, before },
    checks: isNew ? known.checks.map((check) => ({ ...check, isPending: true, isNewlyGreen: false })) : known.checks,
  };
}

function learned(check, result) {
  const passes = result.state === 'passed';
  const failedBefore = check.state !== undefined && check.state !== 'passed';
  return { ...result, isPending: false, isStale: false, isNewlyGreen: passes && (failedBefore || Boolean(check.isNewlyGreen)) };
}

/** One check has ended, and others still run. */
export function checkEnded(known, result) {
  return { ...known, checks: known.checks.map((check) => (check.name === result.name ? learned(check, result) : check)) };
}

/** The run has ended. A text that does not compile leaves what was known, as something of before. */
export function judged(known, verdict) {
  const { outcome } = verdict.verdict;
  const before = new Map(known.checks.map((check) => [check.name, check]));
  const checks = outcome.kind === 'ran'
    ? outcome.checks.map((result) => learned(before.get(result.name) ?? {}, result))
    : known.checks.map((check) => ({ ...check, isPending: false, isStale: true, isNewlyGreen: false }));
  return { checks, run: null, verdict };
}

/** The result of a check in this run, or in the last one if none is under way. */
const isKnown = (check) => check.state !== undefined && !check.isPending && !check.isStale;

export const firstFailure = ({ checks }) => checks.find((check) => isKnown(check) && check.state !== 'passed');

export const passed = ({ checks }) => checks.filter((check) => isKnown(check) && check.state === 'passed').length;
