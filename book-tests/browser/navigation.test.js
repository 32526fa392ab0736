// A reader goes from page to page: the contents open and lead on, and no page that was left holds up the next one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults, launch, openPage, skip } from './chromium.js';
import { chapterNames, cookiesFor, openWorkbook } from './workbook.js';

describe('the way through the book', { skip }, () => {
  let workbook;
  let browser;
  before(async () => {
    // Pages that are left live on in the browser's cache, as they do for a reader; playwright would turn it off.
    [workbook, browser] = await Promise.all([openWorkbook(), launch({ keepPages: true })]);
  });
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  const toggle = (page) => page.getByRole('button', { name: 'Toggle Table of Contents' });
  const contents = (page) => page.locator('#mdbook-sidebar');
  const chapter = (page) => contents(page).locator('a[href$="ch02-ordering.html"]');

  async function isOpen(page, wanted) {
    await page.waitForFunction((open) => {
      const { left, right } = document.getElementById('mdbook-sidebar').getBoundingClientRect();
      return (left >= 0 && right > 0) === open;
    }, wanted);
    assert.equal(await toggle(page).getAttribute('aria-expanded'), String(wanted));
  }

  test('opens for work at the address that the terminal shows, and elsewhere to be read', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${workbook.url}ch01-precision.html`);
    await page.locator('.way-in').getByText('This page can only be read.').waitFor();
    assert.equal(await page.locator('.desk .ace_line').count(), 0);
    assert.deepEqual(await faults(page, '.checks'), []);

    await page.goto(workbook.opens.replace('?', 'ch01-precision.html?'));
    await page.waitForURL(`${workbook.url}ch01-precision.html`);
    await page.locator('html[data-live]').waitFor({ state: 'attached' });
    await page.goto(`${workbook.url}ch01-precision.html#your-turn`);
    await page.locator('.desk .ace_line').first().waitFor({ timeout: 60_000 });
    const readByScripts = await page.evaluate(() => document.cookie);
    assert.equal(readByScripts, '');
    await context.close();
  });

  for (const width of [390, 1024, 1400]) {
    const opensItself = width >= 1080;

    test(`by mouse, at ${width} pixels`, async () => {
      const { page, noise, close } = await openPage(browser, workbook.url, { width });
      await isOpen(page, opensItself);
      if (opensItself) {
        await toggle(page).click();
        await isOpen(page, false);
      }
      await toggle(page).click();
      await isOpen(page, true);
      // A page that is left while it still asks for something has that as an error.
      await page.locator('.clocks .time').first().waitFor({ state: 'attached' });
      await chapter(page).click();
      await page.waitForURL('**/ch02-ordering.html');
      assert.deepEqual(noise, []);
      await close();
    });

    test(`by keyboard, at ${width} pixels`, async () => {
      const { page, close } = await openPage(browser, workbook.url, { width });
      if (opensItself) {
        await toggle(page).press('Enter');
        await isOpen(page, false);
      }
      await toggle(page).press('Enter');
      await isOpen(page, true);
      assert.ok(await page.evaluate(() => document.activeElement.closest('#mdbook-sidebar')), 'the contents have the focus');
      await page.keyboard.press('Escape');
      await isOpen(page, false);
      await toggle(page).press('Space');
      await chapter(page).press('Enter');
      await page.waitForURL('**/ch02-ordering.html');
      await close();
    });
  }

  test('by keyboard, past the contents', async () => {
    const { page, close } = await openPage(browser, `${workbook.url}ch02-ordering.html`);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip the contents');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.closest('main')), 'the next stop is in the page');
    await close();
  });

  test('by touch, on a phone', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await context.addCookies(cookiesFor(workbook.url));
    const page = await context.newPage();
    await page.goto(workbook.url);
    await toggle(page).tap();
    await isOpen(page, true);
    await chapter(page).tap();
    await page.waitForURL('**/ch02-ordering.html');
    await context.close();
  });

  test('on a phone the contents close once they have led to a part, by a tap beside them, and by Escape', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${workbook.url}ch02-ordering.html`);
    const open = async () => {
      await toggle(page).tap();
      await isOpen(page, true);
    };
    await open();
    await contents(page).getByRole('link', { name: 'One right fix' }).tap();
    await isOpen(page, false);
    const top = () => page.locator('#one-right-fix').evaluate((heading) => heading.getBoundingClientRect().top);
    assert.ok(Math.abs(await top()) < 200, `the part is at ${await top()}`);
    await open();
    await page.touchscreen.tap(375, 500);
    await isOpen(page, false);
    await open();
    await page.keyboard.press('Escape');
    await isOpen(page, false);
    assert.match(page.url(), /ch02-ordering\.html#one-right-fix$/, 'a tap beside them opens nothing');
    await context.close();
  });

  /** Waits until each chapter was checked once: on a new machine that compiles for minutes. */
  async function everyVerdict(page, chapters) {
    await page.waitForFunction((count) => {
      const marks = [...document.querySelectorAll('.sidebar .mark')];
      return marks.length >= count && !marks.some((mark) => mark.matches('.busy'));
    }, chapters.length, { timeout: 1_200_000 });
  }

  test('a chapter as it is shipped has an open ring and no cross, and counts only the checks that it fails', async () => {
    const { page, close } = await openPage(browser, workbook.url);
    const chapters = chapterNames();
    await everyVerdict(page, chapters);
    for (const name of chapters) {
      const facts = readFileSync(join(workbook.folder, 'exercises', name, 'chapter.toml'), 'utf8');
      const count = `0 of ${facts.match(/^shipped = "fails"$/gm).length} checks`;
      await page.locator(`.sidebar a[href$="${name}.html"] .mark.ring`).getByText(count).waitFor();
      await page.locator(`.card[data-chapter="${name}"] .state`).getByText(count).waitFor();
    }
    assert.equal(await page.locator('.sidebar').getByText(/[✗✓]/).count(), 0);
    await close();
  });

  test('every page opens at once after those before it, and back again', async () => {
    const { page, close } = await openPage(browser, workbook.url);
    const pages = chapterNames();
    await everyVerdict(page, pages);
    for (const name of [...pages, ...pages]) {
      await page.goto(`${workbook.url}${name}.html`, { timeout: 10_000 });
      await page.locator('.checks .verdict').waitFor({ timeout: 10_000 });
    }
    // A page that the browser has kept is not loaded again.
    for (let back = 0; back < pages.length; back += 1) {
      await page.goBack({ waitUntil: 'commit', timeout: 10_000 });
      // Until it stands there it takes no further step back.
      await page.locator('main h1').waitFor({ timeout: 10_000 });
    }
    await page.locator('.checks .verdict').waitFor({ timeout: 10_000 });
    await close();
  });

  test('eight tabs are open at once, and the one in front hears of a save', async () => {
    const context = await browser.newContext();
    await context.addCookies(cookiesFor(workbook.url));
    const tabs = [];
    for (let tab = 0; tab < 8; tab += 1) {
      const page = await context.newPage();
      // A tab in the background, as a browser with a window tells it; without one, all tabs believe to be in front.
      await page.addInitScript(() => {
        let hidden = false;
        Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
        window.leaveTab = () => {
          hidden = true;
          document.dispatchEvent(new Event('visibilitychange'));
        };
      });
      await page.goto(`${workbook.url}ch01-precision.html`, { timeout: 10_000 });
      await page.locator('.checks .verdict').waitFor({ timeout: 10_000 });
      tabs.push(page);
      if (tab < 7) await page.evaluate(() => window.leaveTab());
    }
    workbook.write('ch01-precision', `${workbook.read('ch01-precision')}\n// saved by an editor\n`);
    await tabs[7].locator('.checks[aria-busy]').waitFor({ timeout: 120_000 });
    await context.close();
  });
});
