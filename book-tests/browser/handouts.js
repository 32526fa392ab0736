// Hand-outs for a room as PDF, from the book's own pages: `node book-tests/browser/handouts.js` writes them to
// target/handouts. With Chromium and a compiled server.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './chromium.js';
import { chapterNames, made, openWorkbook } from './workbook.js';

const paper = { format: 'A4', margin: { top: '14mm', bottom: '14mm', left: '16mm', right: '16mm' } };
const style = `
  #mdbook-menu-bar, .nav-wrapper, .desk, .checks, .play, details.hint, details.calls, .to-read, .sidebar { display: none !important; }
  #your-turn ~ ol { columns: 2; font-size: 0.92em; }
  :root { font-size: 52%; }
  .content { padding: 0 !important; }
  .content main { max-width: none; line-height: 1.4; }
  .content main h2 { margin-block: 0.9em 0.3em; }
  .content main :is(p, ul, ol, dl, pre) { margin-block: 0.5em; }
  pre { white-space: pre-wrap !important; }
  pre > .buttons { display: none; }
  main > h1:not(:first-child) { break-before: page; }
  p:has(+ pre) { break-after: avoid; }
  main details { padding: 0 !important; border: 0 !important; }
  main summary { display: none; }
`;

/** A sheet is for the wall: what a command prints is seen when it is run. */
const sheetStyle = `
  :root { font-size: 50%; }
  .content main h2 { margin-block: 0.6em 0.2em !important; }
  :is(pre:has(> code.language-console), .printed, .audited) { display: none !important; }
  #in-your-code-base ~ dl { columns: 2; font-size: 0.85em; }
  #in-your-code-base ~ dl :is(dt, dd) { margin: 0; break-after: avoid; }
  #in-your-code-base ~ dl dd { break-before: avoid; break-after: auto; }
`;

/** Goes to a chapter's page, and keeps its title and the given parts, unfolded. */
async function open(page, url, parts) {
  await page.goto(url);
  await page.evaluate((kept) => {
    let isKept = true;
    for (const child of [...document.querySelector('main').children]) {
      if (child.tagName === 'H2') isKept = kept.includes(child.id);
      if (!isKept) child.remove();
    }
    // Of those that share a name, one alone would be open.
    document.querySelectorAll('details').forEach((details) => { details.name = ''; details.open = true; });
  }, parts);
}

/** Writes what the page shows as PDF; it shrinks until it is one sheet if it must be. */
async function print(page, path, { isOneSheet = false } = {}) {
  await page.addStyleTag({ content: isOneSheet ? style + sheetStyle : style });
  for (let scale = 1; ; scale -= 0.05) {
    const pdf = await page.pdf({ ...paper, path, scale });
    if (!isOneSheet || sheets(pdf) === 1) return path;
    if (scale < 0.7) throw new Error(`${path} is more than one sheet, even in small print`);
  }
}

/** How many sheets a PDF of Chromium's has. */
export const sheets = (pdf) => pdf.toString('latin1').match(/\/Type \/Page\b/g).length;

const feedback = `<h1>How was the workshop?</h1><p>No name is needed.</p>${[
  'Which chapter will change code of yours? Which code?',
  'Which check, hint or page was wrong, or misled you?',
  'Where were you stuck for more than five minutes?',
  'What was too slow, what too fast?',
  'Which pitfall of yours is missing?',
].map((question) => `<h2>${question}</h2><div class="answer"></div>`).join('')}
<style>body { font: 12pt/1.4 sans-serif; } h2 { font-size: 13pt; } .answer { height: 34mm; border-bottom: 1px solid #888; }</style>`;

/** Writes a sheet for each chapter, the booklet of solutions, the checklist and the feedback sheet; gives their paths. */
export async function makeHandouts(browser, url, folder) {
  mkdirSync(folder, { recursive: true });
  const context = await browser.newContext({ javaScriptEnabled: true, viewport: { width: 900, height: 1200 } });
  await context.addInitScript(() => localStorage.setItem('mdbook-theme', 'light'));
  const page = await context.newPage();
  const written = { sheets: [] };
  const solutions = [];
  for (const name of chapterNames()) {
    const chapter = `${url}${name}.html`;
    await open(page, chapter, ['at-a-glance', 'your-turn', 'in-your-code-base']);
    written.sheets.push(await print(page, join(folder, `${name}.pdf`), { isOneSheet: true }));
    await open(page, chapter, ['wrong-fixes', 'one-right-fix', 'what-it-costs']);
    solutions.push(await page.innerHTML('main'));
  }
  // All chapters in the last one's page: its style is that of all.
  await page.evaluate((html) => { document.querySelector('main').innerHTML = html; }, solutions.join('\n'));
  written.solutions = await print(page, join(folder, 'solutions.pdf'));
  await page.goto(`${url}checklist.html`);
  written.checklist = await print(page, join(folder, 'checklist.pdf'), { isOneSheet: true });
  await page.setContent(feedback);
  written.feedback = join(folder, 'feedback.pdf');
  await page.pdf({ ...paper, path: written.feedback });
  await context.close();
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
  const folder = join(made, '../handouts');
  await makeHandouts(browser, workbook.url, folder);
  await Promise.all([browser.close(), workbook.stop()]);
  console.log(`The hand-outs are in ${folder}`);
}
