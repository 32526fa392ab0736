// What the page says while a chapter is being checked, and of it afterwards. No DOM here.

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;

/** What is being done; `other` is the chapter that is checked before this one. */
function doing(phase, other) {
  switch (phase?.step) {
    case 'waiting': return other ? `Waiting: ${other} is being checked` : 'Waiting: another chapter is being checked';
    case 'compiling': {
      const count = phase.of ? `${phase.done} of ${phase.of} crates` : `${phase.done} crates so far`;
      return phase.crate ? `Compiling: ${count}, last ${phase.crate}` : `Compiling: ${count}`;
    }
    case 'linking': return 'Compiling your code and its checks';
    case 'running': return `Checking: ${phase.done} of ${phase.of} checks have ended`;
    default: return 'Compiling and checking';
  }
}

export const phaseWords = ({ phase, before }, other) => `${doing(phase, other)} …${before ? ` It took ${seconds(before)} last time.` : ''}`;

export const plural = (count, what, more = `${what}s`) => `${count} ${count === 1 ? what : more}`;

/** The errors and warnings in words: "1 error, 2 warnings". */
export function problemCount(problems) {
  const of = (level) => problems.filter((problem) => problem.level === level).length;
  return [['error', of('error')], ['warning', of('warning')]].filter(([, count]) => count).map(([what, count]) => plural(count, what)).join(', ');
}

export const minuteWords = (minutes) => (minutes < 1 ? 'less than a minute' : plural(Math.round(minutes), 'minute'));

/** The kind of each line that rustc renders, by which it is coloured. */
export function rustcLine(line) {
  if (/^error/.test(line)) return 'bad';
  if (/^warning/.test(line)) return 'warns';
  if (/^\s*-->/.test(line)) return 'place';
  if (/^\s*\|.*\^/.test(line)) return 'bad';
  if (/^\s*(\||=)/.test(line)) return 'aside';
  return '';
}
