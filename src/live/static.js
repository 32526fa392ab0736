// Pages without a server: how a reader comes to the workbook itself.

import { announce, button, element } from './element.js';

/** The line that fetches and starts the workbook, if the place of publishing says where it is kept. */
export function offerTheWorkbook(panel) {
  const repository = document.querySelector('.menu-bar a[title="Git repository"]')?.href;
  if (!repository) return;
  const folder = repository.replace(/\/$/, '').split('/').pop().replace(/\.git$/, '');
  const line = `git clone ${repository} && cd ${folder} && cargo workbook --open`;
  const holder = element('p', 'way-in');
  holder.append('Work on it with an editor and verdicts, here in the page: ', element('code', '', line), ' ', button('Copy', async () => {
    await navigator.clipboard.writeText(line);
    announce('Copied.');
  }));
  panel.append(holder);
}
