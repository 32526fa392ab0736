// Pages without a server: how a reader comes to the workbook itself.

import { announce, button, element } from './element.js';

/** The line that fetches and starts the workbook, if the place of publishing says where it is kept. */
export function fetchLine() {
  const repository = document.querySelector('.menu-bar a[title="Git repository"]')?.href;
  if (!repository) return null;
  const folder = repository.replace(/\/$/, '').split('/').pop().replace(/\.git$/, '');
  return `git clone ${repository} && cd ${folder} && cargo workbook --open`;
}

/** A line of a shell with a button that copies it. */
export function lineToCopy(line) {
  return [element('code', '', line), ' ', button('Copy', async () => {
    await navigator.clipboard.writeText(line);
    announce('Copied.');
  })];
}

/** Tells under a chapter's task why it can only be read here: the workbook runs, and this browser came without its key. */
export function tellTheWayIn(panel) {
  const made = element('p', 'way-in');
  made.append('This page can only be read. To work on the exercise here, open the address that ', element('code', '', 'cargo workbook'),
    ' shows in its terminal, or press ', element('kbd', '', 'o'), ' there.');
  panel.querySelector('.verdict').replaceWith(made);
}

/** Tells under a chapter's task how to get it, and how to have an answer checked. */
export function offerTheWorkbook(panel) {
  const get = fetchLine();
  const commands = [
    ...(get ? [['Work on it with an editor and verdicts, here in the page:', get]] : []),
    ['In your own editor, with the verdict in a terminal:', `cargo workbook check ${panel.dataset.chapter.split('-')[0]}`],
  ];
  panel.querySelector('.verdict').replaceWith(...commands.map(([what, line]) => {
    const made = element('p', 'way-in');
    made.append(`${what} `, ...lineToCopy(line));
    return made;
  }));
}
