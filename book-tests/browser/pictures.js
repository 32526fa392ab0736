// Takes the pictures that the repository keeps: `node book-tests/browser/pictures.js`. With Chromium and a compiled server.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, openPage } from './chromium.js';
import { openWorkbook } from './workbook.js';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const browser = await launch();

/** What shows where a browser or another site shows the book by a small picture. */
async function picture(file, to, width, height, more = {}) {
  const context = await browser.newContext({ viewport: { width, height }, ...more });
  const page = await context.newPage();
  await page.goto(`file://${join(repository, file)}`);
  await page.screenshot({ path: join(repository, to), omitBackground: true });
  await context.close();
}

await picture('docs/social-card.html', 'src/social-card.png', 1200, 630, { colorScheme: 'dark' });
await picture('theme/favicon.svg', 'theme/favicon.png', 32, 32);

// The README's: a reader at work, with a verdict on the shipped text.
const workbook = await openWorkbook();
const { page } = await openPage(browser, `${workbook.url}ch03-batching.html`);
await page.setViewportSize({ width: 1366, height: 768 });
await page.locator('.checks .verdict.fails').waitFor({ timeout: 600_000 });
await page.locator('.bench').evaluate((bench) => bench.scrollIntoView());
await page.locator('.desk .ace_line').first().waitFor();
await page.waitForTimeout(500);
await page.locator('.bench').evaluate((bench) => bench.scrollIntoView());
await page.screenshot({ path: join(repository, 'docs/page.png') });
await workbook.stop();
await browser.close();
