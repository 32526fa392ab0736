// Which chapters are done: marks in the table of contents, and the table of the page "Your progress".

import { element } from './element.js';

const states = {
  passes: { mark: '✓', words: 'passes' },
  fails: { mark: '✗', words: 'does not pass yet' },
  checking: { mark: '…', words: 'being checked' },
};

export function markChapter(chapter, state) {
  for (const link of document.querySelectorAll(`.sidebar a[href$="${CSS.escape(chapter)}.html"]`)) {
    let mark = link.querySelector('.mark');
    if (!mark) {
      mark = element('span', 'mark');
      link.append(mark);
    }
    mark.className = `mark ${state}`;
    const seen = element('span', '', ` ${states[state].mark}`);
    seen.setAttribute('aria-hidden', 'true');
    mark.replaceChildren(seen, element('span', 'visually-hidden', ` (${states[state].words})`));
  }
}

/** Fills the page "Your progress": what comes next, and a table of all chapters. */
export function showProgress(chapters, root) {
  const place = document.getElementById('progress');
  if (!place) return;
  const next = chapters.find((chapter) => !chapter.solved);
  const word = element('p');
  if (next) {
    const link = element('a', '', next.title);
    link.href = `${root}${next.name}.html#your-turn`;
    word.append('Next: ', link, next.minutes ? `, about ${next.minutes} minutes.` : '.');
  } else {
    word.append('Every chapter is solved. Take the last part of each, “In your code base”, to yours.');
  }
  const table = element('table');
  const header = table.createTHead().insertRow();
  for (const name of ['Chapter', 'Checks', 'Solved']) {
    const cell = element('th', '', name);
    cell.scope = 'col';
    header.append(cell);
  }
  const body = table.createTBody();
  for (const chapter of chapters) {
    const row = body.insertRow();
    const head = element('th');
    head.scope = 'row';
    const link = element('a', '', chapter.title);
    link.href = `${root}${chapter.name}.html`;
    head.append(link);
    row.append(head);
    row.insertCell().textContent = chapter.checks ? `${chapter.passed} of ${chapter.checks}` : '';
    row.insertCell().textContent = chapter.solved ? 'yes' : 'not yet';
  }
  place.replaceChildren(word, table);
}

/** Without a server nobody checks: the reader says what is done, and the browser keeps it. */
const done = {
  key: 'workbook-done',
  load: () => JSON.parse(localStorage.getItem(done.key) ?? '[]'),
  set: (chapter, isDone) => {
    const others = done.load().filter((name) => name !== chapter);
    localStorage.setItem(done.key, JSON.stringify(isDone ? [...others, chapter] : others));
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
    const title = link.firstChild.textContent;
    return name ? [{ title, name, solved: solved.includes(name) }] : [];
  });
  for (const { name } of chapters) unmark(name);
  for (const { name, solved: isSolved } of chapters) if (isSolved) markChapter(name, 'passes');
  showProgress(chapters, root);
}

function unmark(chapter) {
  document.querySelectorAll(`.sidebar a[href$="${CSS.escape(chapter)}.html"] .mark`).forEach((mark) => mark.remove());
}
