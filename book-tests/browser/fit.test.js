// Every page fits its screen from the first moment: nothing moves while it loads, nothing is cut, nothing lies on something
// else. From plain static hosting.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { allMoved, launch, openPage, skip, watchMoves } from './chromium.js';
import { hostBook } from './host.js';
import { pageNames } from './workbook.js';

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
    const wide = [...document.querySelectorAll('pre > code:is(.language-console, .language-sh, .language-text), .table-wrapper, .menu-title')];
    const lying = [...document.querySelectorAll(':is(.lanes, .run) tbody th')].filter((head) => {
      const event = head.parentElement.querySelector('.event, strong');
      const range = document.createRange();
      range.selectNodeContents(head);
      return event && range.getBoundingClientRect().right > event.getBoundingClientRect().left + 1;
    });
    return [...wide.filter((element) => element.scrollWidth > element.clientWidth), ...lying].map((element) => element.textContent.slice(0, 80));
  });

  for (const width of [1400, 1024, 390]) {
    for (const name of pageNames().filter((page) => page !== 'print')) {
      test(`${name} at ${width} px: nothing moves while it loads, and what a command prints, tables and lanes are whole`, async () => {
        const { page, close } = await openPage(browser, `${url}${name}.html`, { width, waitUntil: 'networkidle', prepare: watchMoves });
        const moved = await allMoved(page);
        const isCut = await cut(page);
        await close();
        assert.deepEqual(moved, []);
        assert.deepEqual(isCut, []);
      });
    }
  }

  for (const name of pageNames().filter((page) => page.startsWith('ch'))) {
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
