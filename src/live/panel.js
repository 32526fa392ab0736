// The check panel: the verdict on a chapter, as the server sends it.

import { announce, element, region } from './element.js';

const stateWords = { passed: 'passed', failed: 'failed', 'timed-out': 'timed out', 'did-not-run': 'did not run' };

/** Text in which each line of the learner's file is a button that calls `goTo` with its number. */
function withLinks(text, goTo) {
  const parts = text.split(/(exercises\/ch[\w-]+\/src\/lib\.rs:\d+)/);
  return parts.map((part, at) => {
    if (at % 2 === 0) return part;
    const link = element('button', 'line', part);
    link.type = 'button';
    link.addEventListener('click', () => goTo(Number(part.split(':').pop())));
    return link;
  });
}

function checkItem(check, isFirstFailure, goTo) {
  const item = element('li', `check ${check.state}`);
  const sentence = [element('span', 'visually-hidden', `${stateWords[check.state]}: `), element('span', 'sentence', check.sentence)];
  if (check.state === 'passed') {
    item.append(...sentence);
    return item;
  }
  const message = region('message', `message of the check: ${check.sentence}`, ...withLinks(check.message, goTo));
  const at = check.at ? [element('p', 'at')] : [];
  at.forEach((line) => line.append(...withLinks(check.at, goTo)));
  const folded = element('details');
  folded.open = isFirstFailure;
  const summary = element('summary');
  summary.append(...sentence);
  folded.append(summary, message, ...at);
  item.append(folded);
  return item;
}

function outcomeParts(outcome, goTo) {
  if (outcome.kind === 'error') return [element('p', 'error', outcome.message)];
  if (outcome.kind === 'does-not-compile') {
    return [region('message', 'what the compiler says', ...withLinks(outcome.errors.join('\n\n'), goTo))];
  }
  // Always in the chapter's order, so that a check is found where it was; the first failure is open.
  const first = outcome.checks.find((check) => check.state !== 'passed');
  const list = element('ol', 'check-list');
  list.append(...outcome.checks.map((check) => checkItem(check, check === first, goTo)));
  return [list];
}

/** Makes `place` the panel of its chapter; `goTo` shows a line of the learner's file. */
export function checkPanel(place, goTo) {
  const verdictLine = (className, ...content) => {
    const line = element('p', `verdict ${className}`);
    line.append(...content);
    return line;
  };
  return {
    checking() {
      place.setAttribute('aria-busy', 'true');
      const line = verdictLine('checking', 'Compiling and checking …');
      const before = place.querySelector('.verdict');
      if (before) before.replaceWith(line);
      else place.replaceChildren(line);
    },
    verdict({ chapter, passes, line, verdict }) {
      place.removeAttribute('aria-busy');
      const seconds = (verdict.milliseconds / 1000).toFixed(2);
      const head = verdictLine(passes ? 'passes' : 'fails', element('strong', '', `${passes ? '✓' : '✗'} ${line}`), ` in ${seconds} s`);
      place.replaceChildren(head, ...outcomeParts(verdict.outcome, goTo));
      announce(`${chapter}: ${line}`);
    },
    /** The server does not answer: what stands here is its last word. */
    lost() {
      if (place.querySelector('.lost')) return;
      place.removeAttribute('aria-busy');
      place.prepend(element('p', 'lost', 'The server has stopped: start `cargo workbook` again. What follows is its last verdict.'));
    },
    found() {
      place.querySelector('.lost')?.remove();
    },
  };
}
