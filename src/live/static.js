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

/** Tells below a chapter's checks where they can be run. */
export function offerTheWorkbook(panel) {
  const line = fetchLine();
  if (!line) return;
  const holder = element('p', 'way-in');
  holder.append('Work on it with an editor and verdicts, here in the page: ', ...lineToCopy(line));
  panel.append(holder);
}
