// Every page fits its screen from the first moment: nothing moves while it loads, nothing is cut, nothing lies on something
// else, and a finger or a mouse hits every control. From plain static hosting.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { allMoved, launch, lowTargets, openPage, skip, watchMoves } from './chromium.js';
import { hostBook } from './host.js';
import { chapterNames, pageNames } from './workbook.js';

// Two at a time: a page waits for its own silence.
describe('every page fits', { skip, concurrency: 2 }, () => {
  let browser;
  let book;
  let url;
  before(async () => {
    [book, browser] = await Promise.all([hostBook(), launch()]);
    url = book.url;
  });
  after(async () => {
    await browser?.close();
    book?.close();
  });

  /** What of a chapter's page is cut or lies on something else. */
  const cut = (page) => page.evaluate(() => {
    document.querySelectorAll('details').forEach((details) => { details.name = ''; details.open = true; });
    // What points at a place in the line above it goes on beyond the edge, as code does.
    const wide = [...document.querySelectorAll(':not(.audited) > pre > code:is(.language-console, .language-sh, .language-text), .table-wrapper, .menu-title')];
    const lying = [...document.querySelectorAll(':is(.lanes, .run) tbody th')].filter((head) => {
      const event = head.parentElement.querySelector('.event, strong');
      const range = document.createRange();
      range.selectNodeContents(head);
      return event && range.getBoundingClientRect().right > event.getBoundingClientRect().left + 1;
    });
    return [...wide.filter((element) => element.scrollWidth > element.clientWidth), ...lying].map((element) => element.textContent.slice(0, 80));
  });

  /** What of the controls is too low, with every figure drawn and with the contents open. */
  async function low(page) {
    for (const figure of await page.locator('.play').all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator('*').first().waitFor();
    }
    const ofPage = await lowTargets(page);
    const toggle = page.getByRole('button', { name: 'Toggle Table of Contents' });
    if (await toggle.getAttribute('aria-expanded') === 'false') await toggle.click();
    await page.locator('#mdbook-sidebar .chapter a').first().waitFor();
    return [...new Set([...ofPage, ...await lowTargets(page)])];
  }

  for (const width of [1400, 1024, 390]) {
    for (const name of pageNames().filter((page) => page !== 'print')) {
      test(`${name} at ${width} px: nothing moves while it loads, what a command prints, tables and lanes are whole, controls are high enough`, async () => {
        const { page, close } = await openPage(browser, `${url}${name}.html`, { width, waitUntil: 'networkidle', prepare: watchMoves });
        const moved = await allMoved(page);
        const isCut = await cut(page);
        const isLow = await low(page);
        await close();
        assert.deepEqual(moved, []);
        assert.deepEqual(isCut, []);
        assert.deepEqual(isLow, []);
      });
    }
  }

  for (const name of chapterNames()) {
    test(`${name} is light: with all that it loads before the editor it is under 150 KiB, compressed`, async () => {
      const loaded = [];
      const weigh = (page) => page.on('response', (response) => loaded.push(response.body().then((body) => gzipSync(body).length)));
      const { page, close } = await openPage(browser, `${url}${name}.html`, { waitUntil: 'networkidle', prepare: weigh });
      // What comes from now on is no part of it, and its body would be asked for when the page is closed.
      page.removeAllListeners('response');
      const size = (await Promise.all(loaded)).reduce((one, other) => one + other);
      await close();
      assert.ok(size < 150 * 1024, `${size} bytes`);
    });
  }
});
