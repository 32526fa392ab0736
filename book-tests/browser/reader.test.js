// A reader works through a chapter in the page, and loses nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, openPage, skip } from './chromium.js';
import { withoutMarks } from '../../src/live/marks.js';
import { openWorkbook, solution } from './workbook.js';

const chapter = 'ch01-precision';

describe('a reader', { skip }, () => {
  let workbook;
  let browser;
  let shipped;
  before(async () => {
    [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
    shipped = workbook.read(chapter);
  });
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  /** The chapter with its desk and the first verdict, on the shipped text. */
  async function openChapter() {
    workbook.write(chapter, shipped);
    const opened = await openPage(browser, `${workbook.url}${chapter}.html#your-turn`);
    const { page } = opened;
    await page.locator('.desk .ace_line').first().waitFor();
    await page.locator('.checks .verdict.fails').waitFor({ timeout: 600_000 });
    await editorShows(page, shipped);
    return opened;
  }

  async function editorShows(page, text) {
    await page.waitForFunction((wanted) => ace.edit(document.querySelector('.code-editor')).getValue() === wanted, withoutMarks(text));
  }

  /** Replaces the whole text, as one who pastes does. */
  async function type(page, text) {
    await page.locator('.desk .ace_text-input').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(withoutMarks(text));
    await editorShows(page, text);
  }

  const verdict = (page, state) => page.locator(`.checks .verdict.${state}`).waitFor({ timeout: 120_000 });

  test('solves a chapter by the keyboard alone, and sees it in the sidebar and in the progress', async () => {
    const { page, noise, close } = await openChapter();
    const failed = page.locator('.check-list > li.failed');
    const sentence = (check) => check.locator('.sentence').innerText();
    assert.match(await page.locator('.now .title').innerText(), new RegExp(`^First failure: ${await sentence(failed.first())}$`));
    assert.deepEqual(await page.locator('.now .message dt').allInnerTexts(), ['Seen', 'Expected', 'Why'], 'the first failure shows its message');
    assert.deepEqual(await page.locator('.printed').first().locator('dt').allTextContents(), ['Seen', 'Expected', 'Why'], 'and so does the page');
    await failed.last().locator('button').press('Enter');
    assert.ok((await page.locator('.now .title').innerText()).endsWith(await sentence(failed.last())), 'and each other one when asked');
    await page.locator('.now .promise').first().getByText(/^Promise \d/).waitFor();

    await page.locator('.desk .ace_text-input').focus();
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Save and check');
    await type(page, solution(chapter));
    assert.equal(await page.locator('.desk .state').innerText(), 'not saved');
    await page.keyboard.press('Control+s');
    await verdict(page, 'passes');
    assert.equal(withoutMarks(workbook.read(chapter)), withoutMarks(solution(chapter)));
    const marks = (text) => text.split('\n').filter((line) => line.includes('ANCHOR'));
    assert.deepEqual(marks(workbook.read(chapter)), marks(shipped), 'the marks that the editor does not show are kept');
    await page.locator(`.sidebar a[href$="${chapter}.html"] .mark.passes`).waitFor();
    assert.equal(await page.locator('.desk .state').innerText(), '');

    await page.goto(`${workbook.url}progress.html`);
    await page.locator(`.card[data-chapter="${chapter}"]`).getByText('solved').waitFor();
    assert.deepEqual(noise, []);
    await close();
  });

  test('sees what rustc says, and goes to the line', async () => {
    const { page, close } = await openChapter();
    await type(page, `${shipped}\nfn broken() -> u32 { "text" }\n`);
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.locator('.checks .verdict').getByText('does not compile').waitFor({ timeout: 60_000 });
    const line = shipped.split('\n').length + 1;
    const place = { row: withoutMarks(shipped).split('\n').length, column: 21 };
    const caret = () => page.evaluate(() => ace.edit(document.querySelector('.code-editor')).getCursorPosition());
    // In the list of problems, in what rustc says, beside the line and under the code.
    await page.locator('.now .problems').getByText('E0308: mismatched types').waitFor();
    await page.locator('.now .problems').getByRole('button', { name: `Line ${line}` }).click();
    assert.deepEqual(await caret(), place);
    const errors = page.locator('.now .rustc');
    assert.match(await errors.locator('.bad').first().innerText(), /error\[E0308\]: mismatched types/);
    await page.evaluate(() => ace.edit(document.querySelector('.code-editor')).gotoLine(1));
    await errors.getByRole('button', { name: new RegExp(`lib.rs:${line}`) }).first().click();
    assert.equal((await caret()).row, place.row);
    await page.locator('.desk .ace_gutter-cell.ace_error', { hasText: line }).waitFor();
    await page.locator('.desk .problem.error').first().waitFor();
    await close();
  });

  test('sees a warning beside an error, without what mdBook gives to warnings', async () => {
    const { page, close } = await openChapter();
    await type(page, `${shipped}\nuse std::cell::Cell;\nfn broken() { let number = ; }\n`);
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.locator('.checks .verdict').getByText('does not compile').waitFor({ timeout: 60_000 });
    await page.locator('.now .problems').getByText('unused import').waitFor();
    for (const warning of ['.now .problems > .warns', '.desk .problem.warns']) {
      const [icon, margin] = await page.locator(warning).evaluate((shown) => [getComputedStyle(shown, '::before').content, getComputedStyle(shown).marginInlineStart]);
      assert.deepEqual([icon, margin], ['none', '0px'], warning);
    }
    await close();
  });

  test('gets hints one at a time', async () => {
    const { page, close } = await openChapter();
    const hints = page.locator('details.hint');
    assert.deepEqual(await Promise.all([0, 1, 2].map((at) => hints.nth(at).isVisible())), [true, false, false]);
    await hints.nth(0).locator('summary').click();
    await hints.nth(1).waitFor();
    assert.equal(await hints.nth(2).isVisible(), false);
    await close();
  });

  test('resets, and finds a copy of the text that was replaced', async () => {
    const { page, close } = await openChapter();
    const mine = `// Mine.\n${shipped}`;
    await type(page, mine);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('button', { name: 'Bring the shipped text back' }).click();
    const note = page.locator('.desk .note');
    await note.getByText('The shipped text is back').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Reset', 'the keyboard goes on from there');
    const kept = (await note.innerText()).match(/kept as (\S+)\./)[1];
    assert.equal(readFileSync(join(workbook.folder, kept), 'utf8'), mine);
    assert.equal(workbook.read(chapter), shipped);
    await editorShows(page, shipped);
    await close();
  });

  test('sees a change from another editor, and is asked where two texts differ', async () => {
    const { page, close } = await openChapter();
    const theirs = `// From another editor.\n${shipped}`;
    workbook.write(chapter, theirs);
    await editorShows(page, theirs);

    const mine = `// From the page.\n${shipped}`;
    await type(page, mine);
    const later = `// From another editor, later.\n${shipped}`;
    workbook.write(chapter, later);
    await page.getByRole('button', { name: 'Take the text of the file' }).click();
    await editorShows(page, later);
    await page.getByRole('button', { name: 'Bring my text back' }).click();
    await editorShows(page, mine);
    assert.equal(workbook.read(chapter), later, 'nothing is written unasked');

    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.waitForFunction(() => document.querySelector('.desk .state').textContent === '');
    assert.equal(workbook.read(chapter), mine);
    await close();
  });

  test('goes on when the server was away', async () => {
    const { page, close } = await openChapter();
    await workbook.stop();
    await page.getByText('The server has stopped').waitFor();
    const mine = `// Written while the server was away.\n${shipped}`;
    await type(page, mine);
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.locator('.desk .note').getByText('Your text is kept in this browser').waitFor();
    await page.reload().catch(() => undefined);

    await workbook.start();
    await page.goto(`${workbook.url}${chapter}.html#your-turn`);
    await page.locator('.desk .ace_line').first().waitFor();
    await editorShows(page, mine);
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.waitForFunction(() => document.querySelector('.desk .state').textContent === '');
    assert.equal(workbook.read(chapter), mine);
    await close();
  });

  test('need not reload when the server comes back', async () => {
    const { page, close } = await openChapter();
    await workbook.stop();
    await page.getByText('The server has stopped').waitFor();
    await workbook.start();
    await page.getByText('The server has stopped').waitFor({ state: 'detached', timeout: 60_000 });
    const mine = `// After the server came back.\n${shipped}`;
    await type(page, mine);
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.waitForFunction(() => document.querySelector('.desk .state').textContent === '');
    assert.equal(workbook.read(chapter), mine);
    await close();
  });

  test('finds "deadlock"', async () => {
    const { page, close } = await openPage(browser, `${workbook.url}index.html`);
    await page.getByRole('button', { name: 'Toggle Searchbar' }).click();
    await page.keyboard.type('deadlock');
    await page.locator('#mdbook-searchresults a[href*="ch03-batching"]').first().waitFor();
    await close();
  });

  test('finds what was pasted without a key', async () => {
    const { page, close } = await openPage(browser, `${workbook.url}index.html`);
    await page.getByRole('button', { name: 'Toggle Searchbar' }).click();
    await page.locator('#mdbook-searchbar').fill('deadlock');
    await page.locator('#mdbook-searchresults a[href*="ch03-batching"]').first().waitFor();
    await close();
  });

  test('tries a wrong fix on this machine, and keeps the own text', async () => {
    const { page, noise, close } = await openChapter();
    // The copy of the workbook that this server has open holds nothing to lay a fix over.
    await page.route('**/workbook/exercise/*/wrong/*.rs', async (route) => {
      assert.equal(route.request().method(), 'POST');
      assert.ok(route.request().headers()['x-workbook-token']);
      await route.fulfill({ json: { verdict: '✗ a gap between two payments keeps its milliseconds' } });
    });
    const card = page.locator('details.wrong').first();
    await card.locator('summary').first().press('Enter');
    await card.getByText('What does it break?').press('Enter');
    const offer = card.getByRole('button', { name: 'Try it on this machine' });
    await offer.press('Enter');
    await card.locator('.tried', { hasText: '✗' }).waitFor({ timeout: 600_000 });
    assert.equal(await offer.getAttribute('aria-disabled'), 'false');
    assert.equal(workbook.read(chapter), shipped);
    await editorShows(page, shipped);
    assert.deepEqual(noise, []);
    await close();
  });

  test('sees one right fix as a difference, when asked for', async () => {
    const { page, close } = await openChapter();
    await page.getByRole('button', { name: 'Show one right fix' }).click();
    await page.getByRole('button', { name: 'Show it now' }).click();
    await page.locator('.desk .difference .added').first().waitFor();
    await close();
  });
});
