// Which chapters are done: marks in the table of contents and on the cards of the chapters, and what comes next.

import { element } from './element.js';
import { keep, load } from './storage.js';

/** The mark of a chapter in the table of contents, made when it is first needed. */
function markOf(chapter) {
  const link = document.querySelector(`.sidebar a[href$="${CSS.escape(chapter)}.html"]`);
  if (!link) return null;
  let mark = link.querySelector('.mark');
  if (!mark) {
    mark = element('span', 'mark');
    link.append(mark);
  }
  return mark;
}

function fill(mark, state, sign, words) {
  mark.className = `mark ${state}`;
  const seen = element('span', '', sign);
  seen.setAttribute('aria-hidden', 'true');
  mark.replaceChildren(' ', seen, element('span', 'visually-hidden', ` (${words})`));
}

/** The chapter is being checked: its ring stays as it was. */
export function markBusy(chapter) {
  markOf(chapter)?.classList.add('busy');
}

/** What was just checked passes, or does not yet: how far it is, its ring shows. */
export function markVerdict(chapter, passes) {
  const mark = markOf(chapter);
  if (!mark) return;
  mark.classList.remove('busy');
  if (passes) fill(mark, 'passes', '✓', 'solved');
  else if (!mark.classList.contains('ring')) markRing(chapter, 0, 0);
}

/** A ring that closes with each check that has passed once. Nothing is wrong with a chapter that is not begun. */
function markRing(chapter, passed, checks) {
  const mark = markOf(chapter);
  if (!mark) return;
  const isBusy = mark.classList.contains('busy');
  fill(mark, 'ring', '', checks ? `${passed} of ${checks} checks` : 'not solved yet');
  mark.classList.toggle('busy', isBusy);
  mark.style.setProperty('--done', checks ? `${(100 * passed) / checks}%` : '0%');
}

/** How far a chapter is, on its card: a ring that closes, and the same in words. */
function markCard({ name, passed, checks, solved }) {
  const place = document.querySelector(`.card[data-chapter="${CSS.escape(name)}"] .state`);
  if (!place) return;
  const ring = element('span', 'ring');
  ring.setAttribute('aria-hidden', 'true');
  ring.style.setProperty('--done', `${solved ? 100 : (100 * passed) / (checks || 1)}%`);
  place.replaceChildren(ring, solved ? ' solved' : checks ? ` ${passed} of ${checks} checks` : '');
}

/** What comes next, on the page "Your progress". */
function showNext(place, next, root) {
  const word = element('p', 'up-next');
  if (next) {
    const link = element('a', '', next.title);
    link.href = `${root}${next.name}.html#your-turn`;
    word.append('Next: ', link, next.minutes ? `, about ${next.minutes} minutes.` : '.');
  } else {
    word.append('Every chapter is solved. Take the last part of each, “In your code base”, to yours.');
  }
  place.querySelector('.up-next').replaceWith(word);
}

/** Shows how far every chapter is, in the contents and on cards, and what comes next. */
export function showProgress(chapters, root) {
  for (const chapter of chapters) {
    const { name, passed, checks, solved } = chapter;
    if (solved) markVerdict(name, true);
    else if (checks) markRing(name, passed, checks);
    markCard(chapter);
  }
  const next = chapters.find((chapter) => !chapter.solved);
  const place = document.getElementById('progress');
  if (place) showNext(place, next, root);
  const start = document.querySelector('.cover .start');
  if (start && next && chapters.some(({ passed, solved }) => passed || solved)) {
    start.textContent = `Go on with ${next.title}`;
    start.href = `${root}${next.name}.html`;
  }
}

/** Without a server nobody checks: the reader says what is done, and the browser keeps it. */
const done = {
  key: 'workbook-done',
  load: () => load(done.key, []),
  set: (chapter, isDone) => {
    const others = done.load().filter((name) => name !== chapter);
    keep(done.key, isDone ? [...others, chapter] : others);
  },
};

export function offerMark(panel, root) {
  const { chapter } = panel.dataset;
  const box = element('input');
  box.type = 'checkbox';
  box.checked = done.load().includes(chapter);
  box.addEventListener('change', () => {
    done.set(chapter, box.checked);
    showMarks(root);
  });
  const label = element('label');
  label.append(box, ' I have solved this chapter');
  panel.append(label);
}

export function showMarks(root) {
  const solved = done.load();
  const chapters = [...document.querySelectorAll('.sidebar .chapter a')].flatMap((link) => {
    const name = link.href.match(/(ch\d\d-[\w-]+)\.html$/)?.[1];
    if (!name) return [];
    return [{ title: link.firstChild.textContent, name, passed: 0, checks: 0, solved: solved.includes(name) }];
  });
  for (const { name } of chapters) unmark(name);
  showProgress(chapters, root);
}

function unmark(chapter) {
  document.querySelector(`.sidebar a[href$="${CSS.escape(chapter)}.html"] .mark`)?.remove();
}
