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
  /** Calls `look(number)` on each slide, from the first to the last. */
  async function throughAll(page, look) {
    await page.keyboard.press('Home');
    const counter = page.locator('.slide-counter');
    for (let number = 1; ; number += 1) {
      const [at, count] = (await counter.textContent()).split('/').map(Number);
      assert.equal(at, number);
      await look(number);
      if (at === count) return count;
      await page.keyboard.press('ArrowRight');
    }
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
    await throughAll(page, async (number) => {
      titles.push(...await seen(page));
      assert.ok(await page.locator('main > :not(h1, h2):visible').count() > 0, `slide ${number} has a heading alone`);
    });
    assert.deepEqual([...new Set(titles)], parts);
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
    await page.locator('#your-turn').scrollIntoViewIfNeeded();
    await page.locator('.desk .ace_line').first().waitFor();
    await present(page);
    const slidesWithEditor = [];
    await throughAll(page, async () => {
      if (await page.locator('.desk').isVisible()) slidesWithEditor.push(...await seen(page));
    });
    assert.deepEqual(slidesWithEditor, ['Your turn']);
    await close();
  });

  test('scrolls nothing on a projector, and answers nothing unasked', async () => {
    const { page, close } = await openChapter();
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.locator('.checks .verdict:not(.checking)').waitFor({ timeout: 600_000 });
    await present(page);
    const cards = await page.locator('main > details.wrong').count();
    let seenCards = 0;
    const slides = await throughAll(page, async (number) => {
      const isAtEditor = await page.locator('.bench').isVisible();
      const beyond = await page.evaluate(() => document.scrollingElement.scrollHeight - innerHeight);
      // The editor and what it shows scroll by themselves.
      if (!isAtEditor) assert.ok(beyond <= 1, `slide ${number} is ${beyond} px too high`);
      const blocks = await page.locator('main > :is(pre, figure, .play, .question, details.wrong):visible').count();
      assert.ok(blocks <= 1, `slide ${number} has ${blocks} blocks`);
      seenCards += await page.locator('main > details.wrong:visible').count();
      assert.equal(await page.locator('main details details[open]:visible, main .question details[open]:visible').count(), 0);
    });
    assert.equal(seenCards, cards, 'each wrong fix is a slide');
    assert.ok(slides > parts.length + cards);
    await close();
  });

  test('has notes and a clock in a second window, which turns slides too', async () => {
    const { page, close } = await openChapter();
    await page.getByRole('button', { name: 'Slides' }).click();
    const [notes] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Notes beside' }).click()]);
    await notes.getByText(/^Slide 1 of \d+: 3 · The batch that never fills; next: At a glance/).waitFor();
    await notes.getByText('Goal:').waitFor();
    await notes.getByText(/0:\d\d of 15 minutes/).waitFor();
    await notes.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('#at-a-glance').checkVisibility());
    await notes.getByText(/^Slide 2 of \d+: At a glance/).waitFor();
    assert.deepEqual(await faults(notes), []);
    await close();
  });

  for (const theme of ['light', 'navy']) {
    test(`shows slides that are accessible and within the screen, ${theme}`, async () => {
      const { page, close } = await openChapter({ theme });
      await page.locator('.checks .verdict:not(.checking)').waitFor({ timeout: 600_000 });
      await present(page);
      const parted = new Set();
      await throughAll(page, async (number) => {
        assert.equal(await excessWidth(page), 0, `slide ${number} is too wide`);
        const [title] = await seen(page);
        // One slide of each part: to look at all of them takes minutes.
        if (parted.has(title)) return;
        parted.add(title);
        await page.screenshot({ path: join(made, 'screenshots', `slide-${number}-${theme}.png`) });
        assert.deepEqual(await faults(page), [], `slide ${number}`);
      });
      await close();
    });
  }
});
