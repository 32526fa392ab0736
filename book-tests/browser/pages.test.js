// Every page as it is seen: on a wide screen and on a phone, in light and in dark.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { launch, openPage, skip } from './chromium.js';
import { made, openWorkbook, pageNames } from './workbook.js';

const screenshots = join(made, 'screenshots');

describe('every page', { skip }, () => {
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
    const { violations } = await new AxeBuilder({ page }).analyze();
    await close();
    assert.deepEqual(violations.map(({ id }) => id), ['image-alt']);
    assert.ok(noise.some((line) => line.startsWith('console: ')), 'a picture that is not there is heard of');
  });

  for (const name of pageNames()) {
    for (const width of [1400, 390]) {
      for (const theme of ['light', 'navy']) {
        test(`${name} at ${width} px, ${theme}: quiet, within the screen, accessible`, async () => {
          const { page, noise, close } = await openPage(browser, `${workbook.url}${name}.html`, { width, theme });
          if (name.startsWith('ch')) await page.locator('.checks .verdict:not(.checking)').waitFor({ timeout: 600_000 });
          await openEverything(page);
          // The page that prints the whole book is too tall for one picture.
          await page.screenshot({ path: join(screenshots, `${name.replace('/', '-')}-${width}-${theme}.png`), fullPage: name !== 'print' });
          const { violations } = await new AxeBuilder({ page }).analyze();
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          await close();
          assert.deepEqual(noise, []);
          assert.ok(tooWide <= 0, `the page is ${tooWide} px wider than the screen`);
          assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)), []);
        });
      }
    }
  }
});

/** Unfolds what is folded and goes past each part, so that all that a page opens late is there. */
async function openEverything(page) {
  await page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => { details.hidden = false; details.open = true; });
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
