// The check panel: the verdict on a chapter, as the server sends it, the checks in the chapter's order, and one of them in
// full. Its parts keep their places, so that nothing moves when a verdict comes.

import { checkEnded, firstFailure, goesOn, judged, nothingKnown, passed } from './check-run.js';
import { announce, button, element, region, withCode } from './element.js';
import { failureList } from './failure.js';
import { partsOf } from './failure-logic.js';
import { kindOf } from './problems.js';
import { runDrawing } from './run-drawing.js';
import { withoutTable } from './run-logic.js';
import { phaseWords, problemCount, rustcLine, seconds } from './words.js';

const stateWords = { passed: 'passes', failed: 'fails', 'timed-out': 'timed out', 'did-not-run': 'did not run' };

/** Text in which each line of the learner's file is a button that calls `goTo` with its number. */
function withLinks(text, goTo) {
  const parts = text.split(/(exercises\/ch[\w-]+\/src\/lib\.rs:\d+(?::\d+)?)/);
  return parts.map((part, at) => {
    if (at % 2 === 0) return part;
    const link = button(part, () => goTo(...part.split(':').slice(1).map(Number)));
    link.className = 'line';
    return link;
  });
}

function code(text, goTo) {
  return text.split('\n').map((line) => {
    const made = element('span', rustcLine(line));
    made.append(...withLinks(line, goTo), '\n');
    return made;
  });
}

/** The row of a check: its state and its sentence, and a way to its message. */
function row(item, open) {
  const state = element('span', 'visually-hidden');
  const sentence = element('span', 'sentence', item.textContent);
  const badge = element('span', 'visually-hidden');
  const opens = button('', open);
  opens.className = 'row';
  opens.append(state, sentence, badge);
  item.replaceChildren(opens);
  return {
    fill(check, isShown) {
      const isKnown = check.state !== undefined;
      item.className = `check ${isKnown ? check.state : ''} ${check.isPending ? 'pending' : ''} ${check.isStale ? 'stale' : ''} ${check.isNewlyGreen ? 'newly-green' : ''}`;
      state.textContent = isKnown ? `${check.isStale ? 'before: ' : ''}${stateWords[check.state]}: ` : '';
      badge.textContent = check.isNewlyGreen ? ', since this run' : '';
      opens.setAttribute('aria-current', isShown);
    },
  };
}

/**
 * Makes `place`, with its list of checks, the panel of its chapter. `goTo` shows a line of `file`, the learner's own, and `solved`
 * makes what is shown when all checks pass. `told` is called with the verdict in short whenever that changes.
 */
export function checkPanel(place, { file, goTo, solved, told }) {
  const line = place.querySelector('.verdict');
  const now = place.querySelector('.now');
  const items = [...place.querySelectorAll('.check')];
  let known = nothingKnown(items.map((item) => ({ name: item.dataset.check, sentence: item.textContent })));
  /** The check that somebody asked to see; else the first failure is shown. */
  let asked;
  const rows = new Map(items.map((item) => {
    const name = item.dataset.check;
    return [name, row(item, () => {
      asked = name;
      render();
      now.focus();
    })];
  }));
  now.tabIndex = 0;
  now.setAttribute('role', 'region');
  now.setAttribute('aria-label', 'What to look at');
  line.className = 'verdict checking';
  line.textContent = 'Waiting for the first verdict …';
  place.classList.add('ready');

  /** The verdict in short. */
  const inShort = () => ({ passed: passed(known), of: known.checks.length, failure: firstFailure(known), line: line.textContent, known });

  const shownCheck = () => known.checks.find(({ name }) => name === asked) ?? firstFailure(known);

  function message(check) {
    const text = check.trace ? withoutTable(check.message) : check.message;
    const parts = partsOf(text);
    if (parts && !parts.more) return failureList(parts, (words) => withCode(words).flatMap((part) => (typeof part === 'string' ? withLinks(part, goTo) : part)));
    const whole = element('pre', 'message');
    whole.append(...withLinks(text, goTo));
    return whole;
  }

  function inFull(check) {
    const isFailure = check.state !== undefined && check.state !== 'passed';
    const isFirst = check.name === firstFailure(known)?.name;
    const what = check.state === undefined ? 'Not checked yet' : isFirst ? 'First failure' : check.isStale ? `Before, this ${stateWords[check.state]}` : `This ${stateWords[check.state]}`;
    const title = element('p', 'title');
    title.append(element('strong', isFailure ? 'bad' : 'good', `${what}: `), check.sentence);
    const parts = [title];
    if (isFailure) {
      parts.push(message(check));
      if (check.trace) parts.push(runDrawing(check.trace));
      if (check.at) {
        const at = element('p', 'at');
        at.append(...withLinks(check.at, goTo));
        parts.push(at);
      }
    }
    for (const { number, text } of check.broken ? [check.broken] : check.promises ?? []) {
      const promise = element('p', 'promise');
      promise.append(`Promise ${number}: `, ...withCode(text));
      parts.push(promise);
    }
    return parts;
  }

  function listOf(problems) {
    const list = element('ol', 'problems');
    for (const { file: where, line: at, column, level, code: number, message, label } of problems) {
      const item = element('li', kindOf(level));
      const isOwn = where === file;
      const place = isOwn ? button(`Line ${at}`, () => goTo(at, column)) : element('code', '', `${where}:${at}`);
      if (isOwn) place.className = 'line';
      item.append(place, ' ', element('span', 'level', `${level}${number ? ` ${number}` : ''}`), ': ', ...withCode(message));
      if (label && label !== message) {
        const here = element('span', 'label');
        here.append(...withCode(label));
        item.append(here);
      }
      list.append(item);
    }
    return list;
  }

  function content() {
    const { verdict } = known;
    const outcome = verdict?.verdict.outcome;
    if (asked) return inFull(shownCheck());
    const failure = firstFailure(known);
    if (failure) return inFull(failure);
    if (outcome?.kind === 'error') return [element('p', 'error', outcome.message)];
    if (outcome?.kind === 'does-not-compile') {
      const rendered = region('message rustc', 'what the compiler says');
      rendered.append(...code(outcome.errors.join('\n\n'), goTo));
      return [listOf(verdict.verdict.problems ?? []), rendered];
    }
    if (verdict?.passes) return solved(verdict);
    return [element('p', '', known.run ? 'The first failure will stand here.' : 'The first failure stands here.')];
  }

  /** What the last run has left to read, while the next one has said nothing. */
  function dim() {
    now.classList.toggle('old', Boolean(known.run) && !firstFailure(known) && !asked);
  }

  function render() {
    const check = shownCheck();
    for (const known_ of known.checks) rows.get(known_.name)?.fill(known_, known_.name === check?.name);
    now.replaceChildren(...content());
    now.scrollTop = 0;
    dim();
    told(inShort());
  }

  /** What rustc warns of stands under the verdict's line, where everything compiles. */
  function verdictWords({ passes, line: words, verdict }) {
    const warnings = verdict.outcome.kind === 'ran' ? problemCount(verdict.problems ?? []) : '';
    return [
      element('strong', '', `${passes ? '✓' : '✗'} ${words}`),
      ` in ${seconds(verdict.milliseconds)}${warnings ? `, with ${warnings}` : ''}`,
    ];
  }

  render();
  return {
    /** `other` is a chapter that is checked before this one. */
    checking(news, other) {
      if (!known.run) {
        announce('');
        asked = undefined;
      }
      known = goesOn(known, news);
      place.setAttribute('aria-busy', 'true');
      line.className = 'verdict checking';
      line.textContent = phaseWords(known.run, other);
      // What is read stays until there is something new to read.
      for (const check of known.checks) rows.get(check.name)?.fill(check, false);
      dim();
      told(inShort());
    },
    check({ check }) {
      known = checkEnded(known, check);
      render();
    },
    verdict(news) {
      const wasAsked = Boolean(known.run);
      known = judged(known, news);
      place.removeAttribute('aria-busy');
      line.className = `verdict ${news.passes ? 'passes' : 'fails'}`;
      line.replaceChildren(...verdictWords(news));
      render();
      const failure = firstFailure(known);
      if (wasAsked) announce(`${news.chapter}: ${news.line}.${failure ? ` First failure: ${failure.sentence}` : ''}`);
    },
    /** Tells in place of the verdict that something is waited for. */
    waits(words) {
      line.className = 'verdict checking';
      line.textContent = words;
      announce(words);
      told({ ...inShort(), isWaiting: true });
    },
    /** Shows what to look at, to the keyboard too. */
    show() {
      now.scrollIntoView({ block: 'center' });
      now.focus({ preventScroll: true });
    },
    /** The server does not answer: what stands here is its last word. */
    lost() {
      if (place.querySelector('.lost')) return;
      place.removeAttribute('aria-busy');
      line.prepend(element('span', 'lost', 'The server has stopped: start `cargo workbook` again. This is its last word: '));
    },
    found() {
      place.querySelector('.lost')?.remove();
    },
  };
}
