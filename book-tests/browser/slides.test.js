// An instructor presents a chapter from its page.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { excessWidth, faults, launch, openPage, skip } from './chromium.js';
import { made, openWorkbook } from './workbook.js';

describe('an instructor', { skip }, () => {
  let workbook;
  let browser;
  before(async () => {
    [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
  });
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  async function openChapter(options) {
    const opened = await openPage(browser, `${workbook.url}ch03-batching.html`, options);
    await opened.page.getByRole('button', { name: 'Slides' }).waitFor();
    return opened;
  }
  async function present(page) {
    await page.keyboard.press('Alt+p');
    await page.locator('html.presents').waitFor();
  }
  /** The headings of parts that are seen. */
  const seen = (page) => page.locator('main > :is(h1, h2):visible').allInnerTexts();
  const parts = [
    '3 · The batch that never fills', 'At a glance', 'Seen in the wild', 'Predict', 'Watch it fail', 'Why: a circle of waits',
    'Your turn', 'Wrong fixes', 'One right fix', 'What it costs', 'Folklore', 'In your code base',
  ];

  test('goes through all slides by the keyboard, and comes back to the place', async () => {
    const { page, noise, close } = await openChapter();
    await present(page);
    const titles = [];
    for (const _ of parts) {
      titles.push(...await seen(page));
      await page.keyboard.press('ArrowRight');
    }
    assert.deepEqual(titles, parts);
    await page.keyboard.press('Home');
    await page.keyboard.press('PageDown');
    assert.deepEqual(await seen(page), ['At a glance']);
    assert.match(page.url(), /ch03-batching/, 'no key turned the page');
    await page.keyboard.press('Escape');
    assert.equal((await seen(page)).length, parts.length + 1);
    const top = await page.locator('#at-a-glance').evaluate((heading) => heading.getBoundingClientRect().top);
    assert.ok(top > -1 && top < 500, `the part is at ${top}`);
    assert.deepEqual(noise, []);
    await close();
  });

  test('goes on with Space, which does not press the button again', async () => {
    const { page, close } = await openChapter();
    await page.getByRole('button', { name: 'Slides' }).click();
    await page.locator('html.presents').waitFor();
    await page.keyboard.press('Space');
    assert.deepEqual(await seen(page), ['At a glance']);
    await page.keyboard.press('Shift+Space');
    assert.deepEqual(await seen(page), ['3 · The batch that never fills']);
    await close();
  });

  test('sees the editor on the slide of the exercise alone', async () => {
    const { page, close } = await openChapter();
    await present(page);
    await page.keyboard.press('Home');
    const slidesWithEditor = [];
    for (const part of parts) {
      if (part === 'Your turn') await page.locator('.desk .ace_line').first().waitFor();
      if (await page.locator('.desk').isVisible()) slidesWithEditor.push(part);
      await page.keyboard.press('ArrowRight');
    }
    assert.deepEqual(slidesWithEditor, ['Your turn']);
    await close();
  });

  test('shows code that the back row reads, and no answer unasked', async () => {
    const { page, close } = await openChapter();
    await present(page);
    await page.keyboard.press('Home');
    for (let at = 0; at < 4; at += 1) await page.keyboard.press('ArrowRight');
    const size = await page.locator('main > pre:visible code').first().evaluate((code) => parseFloat(getComputedStyle(code).fontSize));
    assert.ok(size >= 20, `code of ${size} px`);
    assert.equal(await page.locator('main details[open]:visible').count(), 0);
    await close();
  });

  test('has notes and a clock in a second window, which turns slides too', async () => {
    const { page, close } = await openChapter();
    await page.getByRole('button', { name: 'Slides' }).click();
    const [notes] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Notes beside' }).click()]);
    await notes.getByText('Slide 1 of 12: 3 · The batch that never fills; next: At a glance').waitFor();
    await notes.getByText('Goal:').waitFor();
    await notes.getByText(/0:\d\d of 15 minutes/).waitFor();
    await notes.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('#at-a-glance').checkVisibility());
    await notes.getByText('Slide 2 of 12: At a glance').waitFor();
    assert.deepEqual(await faults(notes), []);
    await close();
  });

  for (const theme of ['light', 'navy']) {
    test(`shows slides that are accessible and within the screen, ${theme}`, async () => {
      const { page, close } = await openChapter({ theme });
      await page.locator('.checks .verdict:not(.checking)').waitFor({ timeout: 600_000 });
      await present(page);
      await page.keyboard.press('Home');
      for (const at of parts.keys()) {
        await page.screenshot({ path: join(made, 'screenshots', `slide-${at}-${theme}.png`) });
        assert.deepEqual(await faults(page), [], `slide ${at + 1}`);
        assert.equal(await excessWidth(page), 0, `slide ${at + 1} is too wide`);
        await page.keyboard.press('ArrowRight');
      }
      await close();
    });
  }
});
