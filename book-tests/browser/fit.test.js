// Every page fits its screen from the first moment: nothing moves while it loads, nothing is cut, nothing lies on something
// else. From plain static hosting.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch, openPage, skip } from './chromium.js';
import { hostBook } from './host.js';
import { pageNames } from './workbook.js';

describe('every page fits', { skip }, () => {
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

  /** Opens a page that notes what moves while it loads: each element, and where from and to. */
  async function open(name, width) {
    const opened = await openPage(browser, 'about:blank', { width });
    await opened.page.addInitScript(() => {
      window.moved = [];
      new PerformanceObserver((list) => {
        for (const { sources, hadRecentInput } of list.getEntries()) {
          if (hadRecentInput) continue;
          window.moved.push(...sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName} ${node?.className}: ${JSON.stringify([previousRect, currentRect])}`));
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await opened.page.goto(`${url}${name}.html`, { waitUntil: 'networkidle' });
    return opened;
  }

  for (const width of [1400, 1024, 390]) {
    for (const name of pageNames().filter((page) => page !== 'print')) {
      test(`${name} at ${width} px: nothing moves while it loads`, async () => {
        const { page, close } = await open(name, width);
        await page.waitForTimeout(300);
        const moved = await page.evaluate(() => window.moved);
        await close();
        assert.deepEqual(moved, []);
      });
    }
  }

  for (const width of [1400, 390]) {
    for (const name of pageNames().filter((page) => page.startsWith('ch'))) {
      test(`${name} at ${width} px: what a command prints, tables and lanes are whole`, async () => {
        const { page, close } = await open(name, width);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.name = ''; details.open = true; }));
        const cut = await page.evaluate(() => {
          const wide = [...document.querySelectorAll('pre > code.language-console, .table-wrapper, .menu-title')];
          const lying = [...document.querySelectorAll(':is(.lanes, .run) tbody th')].filter((head) => {
            const event = head.parentElement.querySelector('.event, strong');
            const range = document.createRange();
            range.selectNodeContents(head);
            return event && range.getBoundingClientRect().right > event.getBoundingClientRect().left + 1;
          });
          return [...wide.filter((element) => element.scrollWidth > element.clientWidth), ...lying].map((element) => element.textContent.slice(0, 80));
        });
        await close();
        assert.deepEqual(cut, []);
      });
    }
  }

  for (const name of pageNames().filter((page) => page.startsWith('ch'))) {
    test(`${name} is light: with all that it loads before the editor it is under 150 KiB, compressed`, async () => {
      const { page, close } = await openPage(browser, 'about:blank');
      const loaded = [];
      page.on('response', (response) => loaded.push(response.body().then((body) => gzipSync(body).length)));
      await page.goto(`${url}${name}.html`, { waitUntil: 'networkidle' });
      const size = (await Promise.all(loaded)).reduce((one, other) => one + other);
      await close();
      assert.ok(size < 150 * 1024, `${size} bytes`);
    });
  }
});
