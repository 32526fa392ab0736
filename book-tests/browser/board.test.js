// A class: the instructor's board, and the page of a learner who has joined it.

import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { excessWidth, faults, launch, openPage, skip } from './chromium.js';
import { made, openBoard, openWorkbook, solution } from './workbook.js';

const chapter = 'ch01-precision';

describe('a class', { skip }, () => {
  let workbook;
  let board;
  let browser;
  before(async () => {
    mkdirSync(join(made, 'screenshots'), { recursive: true });
    [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
    board = await openBoard(workbook);
    await workbook.stop();
    await workbook.start(['--join', board.invitation, '--as', 'Ada <b>']);
  });
  after(async () => {
    await browser?.close();
    await board?.stop();
    await workbook?.stop();
  });

  const openLearner = (options) => openPage(browser, `${workbook.url}${chapter}.html#your-turn`, options);
  const noteOf = (page) => page.locator('details.class');

  test('sees what a learner passes, and the learner all that is sent', async () => {
    const learner = await openLearner();
    const room = await openPage(browser, board.url);
    await noteOf(learner.page).getByText('it has your latest verdicts').waitFor({ timeout: 60_000 });
    await noteOf(learner.page).locator('summary').click();
    const sent = async () => JSON.parse(await noteOf(learner.page).locator('pre').innerText());
    assert.deepEqual((await sent()).chapters, {}, 'nothing of a chapter that is as shipped');
    await room.page.getByText('1 learner joined, 1 here now').waitFor();

    workbook.write(chapter, solution(chapter));
    await learner.page.locator('.checks .verdict.passes').waitFor({ timeout: 600_000 });
    await room.page.getByText('1 began, 1 done').waitFor({ timeout: 60_000 });
    const { name, key, chapters, ...more } = await sent();
    assert.deepEqual([name, key.length, Object.keys(chapters), more], ['Ada <b>', 32, [chapter], {}]);
    const { compiles, checks, ...other } = chapters[chapter];
    assert.deepEqual([compiles, new Set(Object.values(checks)), other], [true, new Set(['passed']), {}]);

    await room.page.getByText('Show names').click();
    assert.equal(await room.page.getByRole('rowheader', { name: 'Ada <b>' }).locator('b').count(), 0, 'a name is text');
    assert.deepEqual([learner.noise, room.noise], [[], []]);
    await Promise.all([learner.close(), room.close()]);
  });

  test('loses no verdict while the board is away', async () => {
    const learner = await openLearner();
    const room = await openPage(browser, board.url);
    await room.page.getByText('learner joined').waitFor();
    await board.stop();
    await room.page.getByText('The board does not answer').waitFor();
    workbook.write(chapter, `${solution(chapter)}\nfn broken() -> u32 { "text" }\n`);
    await noteOf(learner.page).getByText('the board does not answer; verdicts are kept').waitFor({ timeout: 120_000 });
    await board.start();
    await room.page.getByText('1 not compiling now').waitFor({ timeout: 120_000 });
    await noteOf(learner.page).getByText('it has your latest verdicts').waitFor();
    await Promise.all([learner.close(), room.close()]);
  });

  /** Sends what a workbook sends that has begun nothing. Returns the status. */
  const sendAs = async (name, key) => {
    const { origin, pathname } = new URL(board.invitation);
    const answer = await fetch(`${origin}/verdicts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${pathname.slice(1)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, key: key.repeat(32), chapters: {} }),
    });
    return answer.status;
  };

  test('loses a learner whom the instructor removes by the keyboard, and gets one back', async () => {
    assert.deepEqual([await sendAs('Bo', 'b'), await sendAs('Cy', 'c')], [200, 200]);
    const { page, noise, close } = await openPage(browser, board.url);
    await page.getByText('3 learners joined').waitFor();
    await page.getByText('Show names').focus();
    await page.keyboard.press('Enter');
    const remove = page.getByRole('button', { name: 'Remove Bo' });
    const question = page.getByRole('dialog', { name: 'Remove Bo?' });
    for (const key of ['Escape', 'Enter']) {
      await remove.focus();
      await page.keyboard.press('Enter');
      assert.deepEqual(await faults(page, 'dialog'), []);
      // The answer that changes nothing has the focus.
      await question.getByRole('button', { name: 'Keep' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press(key);
      await question.waitFor({ state: 'hidden' });
    }
    assert.equal(await sendAs('Bo', 'b'), 200, 'kept');

    const removeBo = async () => {
      await remove.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('status').getByText('Bo is removed.').waitFor();
      await page.getByText('2 learners joined').waitFor();
      assert.equal(await sendAs('Bo', 'b'), 403);
    };
    await removeBo();
    // The focus is on the way back.
    await page.keyboard.press('Enter');
    await page.getByText('Bo is back in.').waitFor();
    await page.getByText('3 learners joined').waitFor();
    assert.equal(await sendAs('Bo', 'b'), 200);

    await removeBo();
    await page.reload();
    await page.getByText('Show names').click();
    await page.getByRole('button', { name: 'Let Bo back in' }).press('Enter');
    await page.getByText('3 learners joined').waitFor();
    await removeBo();
    assert.deepEqual(noise, []);
    await close();
  });

  test('says that its file is gone, until it is back', async () => {
    const { page, close } = await openPage(browser, board.url);
    await page.getByText('learners joined').waitFor();
    const file = join(workbook.folder, '.workbook/class.sqlite');
    renameSync(file, `${file}.away`);
    await page.getByRole('alert').getByText('class.sqlite was deleted or replaced').waitFor();
    assert.equal(await sendAs('Cy', 'c'), 503);
    assert.deepEqual(await faults(page), []);
    renameSync(`${file}.away`, file);
    await page.getByRole('alert').and(page.locator(':empty')).waitFor({ state: 'attached' });
    assert.equal(await sendAs('Cy', 'c'), 200);
    await close();
  });

  test('keeps the focus while news arrive', async () => {
    const { page, close } = await openPage(browser, board.url);
    await page.getByText('Show names').click();
    await page.getByRole('button', { name: 'Remove Cy' }).focus();
    assert.equal(await sendAs('A new one', 'd'), 200);
    await page.getByText('3 learners joined').waitFor();
    await page.locator(':focus').and(page.getByRole('button', { name: 'Remove Cy' })).waitFor();
    await close();
  });

  test('is closed to new learners and opened again', async () => {
    const { page, noise, close } = await openPage(browser, board.url);
    await page.getByRole('button', { name: 'Close to new learners' }).press('Enter');
    await page.getByText('This class is closed: nobody new can join.').waitFor();
    assert.deepEqual([await sendAs('Dee', 'e'), await sendAs('Cy', 'c')], [403, 200]);
    await page.getByRole('button', { name: 'Take new learners again' }).press('Enter');
    await page.getByRole('button', { name: 'Close to new learners' }).waitFor();
    assert.equal(await sendAs('Dee', 'e'), 200);
    assert.deepEqual(noise, []);
    await close();
  });

  for (const width of [1400, 390]) {
    for (const theme of ['light', 'dark']) {
      test(`is shown within the screen and accessible at ${width} px, ${theme}`, async () => {
        const { page, noise, close } = await openPage(browser, board.url, { width });
        await page.emulateMedia({ colorScheme: theme });
        await page.getByText('1 began').waitFor();
        await page.getByText('Show names').click();
        await page.screenshot({ path: join(made, 'screenshots', `board-${width}-${theme}.png`), fullPage: true });
        assert.deepEqual(await faults(page), []);
        assert.equal(await excessWidth(page), 0);
        assert.deepEqual(noise, []);
        await close();
      });
    }
  }

  for (const theme of ['light', 'navy']) {
    test(`is told of in the learner's page, accessible, ${theme}`, async () => {
      const { page, close } = await openLearner({ width: 390, theme });
      await noteOf(page).locator('summary').click();
      await noteOf(page).screenshot({ path: join(made, 'screenshots', `class-note-${theme}.png`) });
      assert.deepEqual(await faults(page, 'details.class'), []);
      await close();
    });
  }
});
