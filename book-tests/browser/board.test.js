// A class: the instructor's board, and the page of a learner who has joined it.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
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
