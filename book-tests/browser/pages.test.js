// Every page as it is seen: on a wide screen, on a tablet and on a phone, in light and in dark.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { excessWidth, faults, launch, lowTargets, openPage, skip } from './chromium.js';
import { chapterNames, made, openWorkbook, pageNames } from './workbook.js';

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

  /**
   * In code the colours make a checker slow. At the first width all are checked, in both themes; they are alike at each width, so that
   * at the others one block of code and one of what a command prints stand for all.
   */
  const colouredCode = ['pre code:not([data-checked]) span'];
  // A page that is loaded below 1080 px has no contents beside it.
  const loads = [[1400], [1024, 390]];

  for (const name of pageNames()) {
    for (const widths of loads) {
      test(`${name} at ${widths.join(' and ')} px, in light and dark: quiet, within the screen, accessible`, async () => {
        const { page, noise, close } = await openPage(browser, `${workbook.url}${name}.html`, { width: widths[0] });
        if (chapterNames().includes(name)) await page.locator('.checks .verdict:not(.checking)').waitFor({ timeout: 600_000 });
        await openEverything(page);
        for (const width of widths) {
          for (const theme of ['light', 'navy']) {
            await page.setViewportSize({ width, height: 1000 });
            await page.evaluate((chosen) => document.getElementById(`mdbook-theme-${chosen}`).click(), theme);
            await page.locator(`html.${theme}`).waitFor();
            // The page that prints the whole book is too tall for one picture.
            await page.screenshot({ path: join(screenshots, `${name.replace('/', '-')}-${width}-${theme}.png`), fullPage: name !== 'print' });
            assert.equal(await excessWidth(page), 0, `the page is wider than the screen at ${width} px, ${theme}`);
            if (name !== 'print') assert.deepEqual(await lowTargets(page), [], `too low at ${width} px`);
            // The page that prints the book is all chapters again, and a checker takes long on it: once is enough.
            if (name === 'print' && (width !== 1400 || theme !== 'light')) continue;
            const isFirst = width === 1400 && name !== 'print';
            await page.evaluate(() => ['rust', 'console'].forEach((language) => {
              document.querySelector(`pre code.language-${language}`)?.setAttribute('data-checked', '');
            }));
            assert.deepEqual(await faults(page, 'html', isFirst ? [] : colouredCode), [], `at ${width} px, ${theme}`);
          }
        }
        await close();
        assert.deepEqual(noise, []);
      });
    }
  }
});

/** Unfolds what is folded and goes past each part, so that all that a page opens late is there. */
async function openEverything(page) {
  await page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => { details.hidden = false; details.name = ''; details.open = true; });
  });
  const isPrint = page.url().endsWith('print.html');
  for (const place of isPrint ? [] : await page.locator('.play').all()) {
    await place.scrollIntoViewIfNeeded();
    await place.locator('*').first().waitFor();
  }
  if (!isPrint && await page.locator('.checks[data-chapter]').count()) {
    await page.locator('.checks').scrollIntoViewIfNeeded();
    await page.locator('.desk .ace_line').first().waitFor();
  }
  await page.evaluate(() => scrollTo(0, 0));
}
