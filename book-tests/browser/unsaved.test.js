// Nobody loses work: drafts of several tabs, earlier texts, a browser that keeps nothing, and a server that says nothing.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launch, openPage, skip } from './chromium.js';
import { withoutMarks } from '../../src/live/marks.js';
import { cookiesFor, openWorkbook } from './workbook.js';

const chapter = 'ch01-precision';

describe('work that is not saved', { skip }, () => {
  let workbook;
  let browser;
  let shipped;
  before(async () => {
    [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
    shipped = workbook.read(chapter);
  });
  beforeEach(() => workbook.write(chapter, shipped));
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  const address = () => `${workbook.url}${chapter}.html#your-turn`;
  const editorIsThere = (page) => page.locator('.desk .code-editor:not(.unfilled) .ace_line').first().waitFor();
  const shown = (page) => page.evaluate(() => ace.edit(document.querySelector('.code-editor')).getValue());
  const editorShows = (page, text) => page.waitForFunction((wanted) => ace.edit(document.querySelector('.code-editor')).getValue() === wanted, withoutMarks(text));
  const save = (page) => page.getByRole('button', { name: 'Save and check' }).click();
  const isSaved = (page) => page.waitForFunction(() => document.querySelector('.desk .state').textContent === '');
  const note = (page) => page.locator('.desk .note');

  /** The reader's browser, which has opened the address with the key. */
  async function openContext() {
    const context = await browser.newContext();
    await context.addCookies(cookiesFor(workbook.url));
    return context;
  }
  /** A tab with the chapter's editor. */
  async function openTab(context) {
    const page = await context.newPage();
    await page.goto(address());
    await editorIsThere(page);
    return page;
  }
  /** Writes `words` at the end, as somebody who types. */
  async function type(page, words) {
    await page.locator('.desk .ace_text-input').focus();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.insertText(words);
  }

  test('of one tab outlives that another tab saves and the first is closed', async () => {
    const context = await openContext();
    const [first, second] = [await openTab(context), await openTab(context)];
    await type(first, '// from the first\n');
    await type(second, '// from the second\n');
    await save(second);
    await isSaved(second);
    await first.locator('.desk .conflict').getByText('was changed elsewhere').waitFor();
    await first.close();
    await second.close();

    const later = await openTab(context);
    assert.ok((await shown(later)).endsWith('// from the first\n'), 'it is there again');
    await later.getByRole('button', { name: 'Take the text of the file' }).click();
    await editorShows(later, `${shipped}// from the second\n`);
    await later.close();

    const last = await openTab(context);
    await editorShows(last, `${shipped}// from the second\n`);
    await last.getByRole('button', { name: 'History', exact: true }).click();
    await last.locator('.earlier').getByRole('button', { name: 'Not saved' }).click();
    assert.ok((await shown(last)).endsWith('// from the first\n'), 'also what was put aside');
    await context.close();
  });

  test('of two tabs that were closed is offered, both texts', async () => {
    const context = await openContext();
    const [first, second] = [await openTab(context), await openTab(context)];
    await type(first, '// from the first\n');
    await type(second, '// from the second\n');
    await first.close();
    await second.close();
    const later = await openTab(context);
    assert.ok((await shown(later)).endsWith('// from the second\n'), 'the last one');
    await note(later).getByText('keeps another text').waitFor();
    await later.getByRole('button', { name: 'History', exact: true }).click();
    await later.locator('.earlier').getByRole('button', { name: 'Not saved' }).click();
    assert.ok((await shown(later)).endsWith('// from the first\n'));
    await context.close();
  });

  test('asks whoever leaves the page, and nobody else', async () => {
    const context = await openContext();
    const page = await openTab(context);
    const asked = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      dialog.accept();
    });
    await page.reload();
    await editorIsThere(page);
    assert.deepEqual(asked, []);
    await type(page, '// mine\n');
    await page.reload();
    await editorIsThere(page);
    assert.deepEqual(asked, ['beforeunload']);
    assert.ok((await shown(page)).endsWith('// mine\n'), 'and the draft is there');
    await context.close();
  });

  test('goes on where the browser keeps nothing: verdict, editor and figure are there', async () => {
    const context = await openContext();
    await context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } });
      }
    });
    const page = await openTab(context);
    await page.locator('.checks .verdict.fails').waitFor({ timeout: 600_000 });
    await page.locator('.play').first().evaluate((place) => place.scrollIntoView());
    await page.locator('.play output').first().waitFor();
    await type(page, '// mine\n');
    await page.locator('.desk .state').getByText('not saved, and no draft is kept').waitFor();
    await save(page);
    await isSaved(page);
    assert.ok(workbook.read(chapter).endsWith('// mine\n'));
    await context.close();
  });

  test('says that no draft is kept where the storage is full', async () => {
    const context = await openContext();
    const page = await openTab(context);
    await page.evaluate(() => {
      let size = 5_000_000;
      for (let key = 0; size > 1; key += 1) {
        try {
          localStorage.setItem(`full-${key}`, 'x'.repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
    });
    await type(page, '// mine\n');
    await page.locator('.desk .state').getByText('not saved, and no draft is kept').waitFor();
    await context.close();
  });

  test('tells of a save without an answer, and saves when there is one', async () => {
    const { page, close } = await openPage(browser, address());
    await editorIsThere(page);
    let tries = 0;
    let goOn;
    const isTold = new Promise((resolve) => { goOn = resolve; });
    await page.route(`**/workbook/exercise/${chapter}`, async (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      tries += 1;
      // The first is never answered; of the second the answer is lost, and the page hears of it by the news or by a third.
      if (tries === 2) {
        await isTold;
        await route.fetch();
      }
      if (tries > 2) await route.continue();
    });
    await type(page, '// mine\n');
    await save(page);
    await note(page).getByText('The server has not answered for 4 s. Asking again').waitFor();
    goOn();
    await isSaved(page);
    assert.ok(tries >= 2, `${tries} tries`);
    assert.ok(workbook.read(chapter).endsWith('// mine\n'));
    assert.equal(await page.locator('.desk .conflict').isVisible(), false);
    await close();
  });

  test('tells of a check of which nothing is heard, and asks for it again', async () => {
    const context = await openContext();
    const page = await context.newPage();
    // The stream of news says nothing from some moment on.
    await page.addInitScript(() => {
      const Real = window.EventSource;
      window.EventSource = class extends Real {
        set onmessage(heard) { super.onmessage = (event) => { if (!window.isDeaf) heard(event); }; }
      };
    });
    await page.goto(address());
    await editorIsThere(page);
    await page.locator('.checks .verdict.fails').waitFor({ timeout: 600_000 });
    await page.evaluate(() => { window.isDeaf = true; });
    await save(page);
    await page.locator('.checks .verdict').getByText('Nothing was heard of the check for 5 s. Asking again').waitFor();
    await page.evaluate(() => { window.isDeaf = false; });
    await page.locator('.checks .verdict.fails').waitFor({ timeout: 120_000 });
    await context.close();
  });

  test('that was saved once is listed in the page and comes back, and the reader is told once', async () => {
    const context = await openContext();
    const page = await openTab(context);
    await type(page, '// one\n');
    await save(page);
    await note(page).getByText('The last 20 different texts are kept').waitFor();
    await type(page, '// two\n');
    await save(page);
    await isSaved(page);
    assert.equal(await note(page).isVisible(), false, 'once');
    workbook.write(chapter, `${shipped}// from an editor\n`);
    await editorShows(page, `${shipped}// from an editor\n`);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Bring the shipped text back' }).click();
    await note(page).getByText('The shipped text is back').waitFor();

    for (const text of ['// one\n', '// one\n// two\n', '// from an editor\n']) {
      await page.getByRole('button', { name: 'History', exact: true }).click();
      const rows = page.locator('.earlier li');
      await rows.first().waitFor();
      let found = false;
      for (const row of await rows.all()) {
        await row.getByRole('button').press('Enter');
        await note(page).getByText('is in the editor').waitFor();
        found = (await shown(page)) === withoutMarks(shipped + text);
        if (found) break;
        await page.getByRole('button', { name: 'Bring my text back' }).click();
        await page.getByRole('button', { name: 'History', exact: true }).click();
        await rows.first().waitFor();
      }
      assert.ok(found, text);
      await page.getByRole('button', { name: 'Bring my text back' }).click();
      await editorShows(page, shipped);
    }
    assert.equal(workbook.read(chapter), shipped, 'nothing is written unasked');
    await context.close();
  });
});
