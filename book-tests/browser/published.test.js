// The book at its place of publishing, far away: a page is seen, and styled, before any other file has come.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { allMoved, faults, launch, openPage, skip, watchMoves } from './chromium.js';
import { hostPublishedBook } from './host.js';
import { pageNames } from './workbook.js';

describe('the published book', { skip, concurrency: 2 }, () => {
  let browser;
  let book;
  before(async () => {
    [book, browser] = await Promise.all([hostPublishedBook(), launch()]);
  });
  after(async () => {
    await browser?.close();
    book?.close();
  });

  /** Where the parts of the page stand and what they look like. */
  const look = (page) => page.evaluate(() => ['body', '#mdbook-menu-bar', 'main', 'main h1', 'main p', 'main pre:not(.play *)', 'main table', 'main details'].map((selector) => {
    const element = document.querySelector(selector);
    if (!element) return '';
    const { left, width } = element.getBoundingClientRect();
    const { backgroundColor, color, fontFamily, fontSize, borderColor } = getComputedStyle(element);
    return `${selector} ${[left, width, backgroundColor, color, fontFamily, fontSize, borderColor]}`;
  }));

  for (const name of pageNames().filter((page) => page !== 'print')) {
    for (const [width, theme] of [[1400, 'light'], [390, 'navy']]) {
      test(`${name} at ${width} px, ${theme}: is seen as it stays before any other file comes, and nothing fails or moves`, async () => {
        let letThrough;
        const isSeen = new Promise((resolve) => { letThrough = resolve; });
        const { page, noise, close } = await openPage(browser, `${book.url}${name}.html`, {
          width,
          theme,
          waitUntil: 'commit',
          async prepare(opened) {
            await watchMoves(opened);
            await opened.route((url) => !url.pathname.endsWith('.html'), async (route) => {
              await isSeen;
              await route.continue();
            });
          },
        });
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
        const first = await look(page);
        letThrough();
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await look(page), first);
        assert.deepEqual(await allMoved(page), []);
        assert.deepEqual(await faults(page), []);
        await close();
        assert.deepEqual(noise, []);
      });
    }
  }

  test('a theme that is chosen colours the page and its code, there and on the next page', async () => {
    // Who leaves a page ends what it still asks for: that is no failed request.
    const { page, noise, close } = await openPage(browser, `${book.url}ch03-batching.html`, { waitUntil: 'networkidle' });
    const colours = () => page.evaluate(() => ['html', '.hljs-keyword', '.hljs-comment'].map((selector) => getComputedStyle(document.querySelector(selector)).color).join());
    const seen = [];
    for (const theme of ['light', 'navy', 'ayu', 'light']) {
      await page.evaluate((chosen) => document.getElementById(`mdbook-theme-${chosen}`).click(), theme);
      await page.locator(`html.${theme}`).waitFor();
      await page.reload({ waitUntil: 'networkidle' });
      await page.locator('.hljs-keyword').first().waitFor({ state: 'attached' });
      seen.push(await colours());
    }
    assert.equal(seen[3], seen[0]);
    assert.equal(new Set(seen).size, 3, seen.join('\n'));
    for (const theme of ['navy', 'light']) {
      await page.evaluate((chosen) => document.getElementById(`mdbook-theme-${chosen}`).click(), theme);
      await page.locator(`html.${theme}`).waitFor();
      const wanted = seen[theme === 'navy' ? 1 : 0];
      await page.waitForFunction((all) => ['html', '.hljs-keyword', '.hljs-comment'].map((selector) => getComputedStyle(document.querySelector(selector)).color).join() === all, wanted);
    }
    await close();
    assert.deepEqual(noise, []);
  });

  test('on paper a page is text alone, and it is whole again on the screen', async () => {
    const { page, close } = await openPage(browser, `${book.url}ch03-batching.html`);
    const menu = page.locator('#mdbook-menu-bar');
    const contents = page.locator('#mdbook-sidebar');
    await contents.getByText('Your progress').waitFor();
    await page.emulateMedia({ media: 'print' });
    assert.deepEqual([await menu.isVisible(), await contents.isVisible()], [false, false]);
    await page.emulateMedia({ media: 'screen' });
    assert.deepEqual([await menu.isVisible(), await contents.isVisible()], [true, true]);
    await close();
  });

  test('the contents lead on, and the page is named in them', async () => {
    const { page, noise, close } = await openPage(browser, `${book.url}instructor/board.html`, { waitUntil: 'networkidle' });
    const contents = page.locator('#mdbook-sidebar');
    assert.equal(await contents.locator('a.active').first().innerText(), 'The class board');
    await contents.getByText('3 · The batch that never fills').click();
    await page.waitForURL('**/ch03-batching.html');
    await contents.getByText('Your turn').waitFor();
    await page.waitForLoadState('networkidle');
    await close();
    assert.deepEqual(noise, []);
  });
});
