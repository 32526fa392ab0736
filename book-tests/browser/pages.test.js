// Every page as it is seen: on a wide screen, on a tablet and on a phone, in light and in dark.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { excessWidth, faults, launch, openPage, skip } from './chromium.js';
import { made, openWorkbook, pageNames } from './workbook.js';

const screenshots = join(made, 'screenshots');

// Two at a time: what a page waits for is mostly its own work.
describe('every page', { skip, concurrency: 2 }, () => {
  let workbook;
  let browser;
  before(async () => {
    mkdirSync(screenshots, { recursive: true });
    [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  test('a fault would be seen', async () => {
    const { page, noise, close } = await openPage(browser, `${workbook.url}index.html`);
    await page.evaluate(() => new Promise((resolve) => {
      const picture = new Image();
      picture.onerror = resolve;
      picture.src = '/no-such-picture.png';
      document.querySelector('main').append(picture);
    }));
    const found = await faults(page);
    await close();
    assert.deepEqual(found.map((fault) => fault.split(':')[0]), ['image-alt']);
    assert.ok(noise.some((line) => line.startsWith('console: ')), 'a picture that is not there is heard of');
  });

  for (const name of pageNames()) {
    for (const width of [1400, 1024, 390]) {
      for (const theme of ['light', 'navy']) {
        test(`${name} at ${width} px, ${theme}: quiet, within the screen, accessible`, async () => {
          const { page, noise, close } = await openPage(browser, `${workbook.url}${name}.html`, { width, theme });
          if (name.startsWith('ch')) await page.locator('.checks .verdict:not(.checking)').waitFor({ timeout: 600_000 });
          await openEverything(page);
          // The page that prints the whole book is too tall for one picture.
          await page.screenshot({ path: join(screenshots, `${name.replace('/', '-')}-${width}-${theme}.png`), fullPage: name !== 'print' });
          // The page that prints the book is all chapters again, and a checker takes long on it: once is enough.
          const isChecked = name !== 'print' || (width === 1400 && theme === 'light');
          const found = isChecked ? await faults(page) : [];
          const excess = await excessWidth(page);
          await close();
          assert.deepEqual(noise, []);
          assert.equal(excess, 0, 'the page is wider than the screen');
          assert.deepEqual(found, []);
        });
      }
    }
  }
});

/** Unfolds what is folded and goes past each part, so that all that a page opens late is there. */
async function openEverything(page) {
  await page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => { details.hidden = false; details.name = ''; details.open = true; });
  });
  for (const place of await page.locator('.play, .checks').all()) {
    await place.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
  }
  if (await page.locator('.checks[data-chapter]').count() && !page.url().endsWith('print.html')) {
    await page.locator('.desk .ace_line').first().waitFor();
  }
  await page.evaluate(() => scrollTo(0, 0));
}
