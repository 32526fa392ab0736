// Every figure, driven to its failure and to its cure; and the questions that a chapter opens with. From plain static
// hosting: neither needs the workbook's server.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { excessWidth, launch, openPage, skip } from './chromium.js';
import { hostBook } from './host.js';
import { chapterNames } from './workbook.js';

const chapters = chapterNames();
const drives = await Promise.all(readdirSync(new URL('figures', import.meta.url)).map(async (file) =>
  ({ name: file.replace('.js', ''), ...await import(`./figures/${file}`) })));

describe('on static hosting', { skip, concurrency: 2 }, () => {
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

  test('every chapter has a figure to play with', () => {
    const played = new Set(drives.map(({ page }) => page));
    assert.deepEqual(chapters.filter((name) => !played.has(name)), []);
  });

  for (const { name, page: chapter, drive } of drives) {
    for (const width of [1400, 390]) {
      test(`the figure ${name} fails and is cured at ${width} px`, async () => {
        const { page, noise, close } = await openPage(browser, `${url}${chapter}.html`, { width });
        const figure = page.locator(`.play[data-figure="${name}"]`);
        await figure.evaluate((place) => place.scrollIntoView());
        await figure.locator('output').first().waitFor();
        await drive(page, assert);
        const excess = await excessWidth(page);
        await close();
        assert.equal(excess, 0, 'the page is wider than the screen');
        assert.deepEqual(noise, []);
      });
    }
  }

  for (const width of [1400, 390]) {
    test(`the plots of what each chapter costs need no script and are whole at ${width} px`, async () => {
      const context = await browser.newContext({ viewport: { width, height: 1000 }, javaScriptEnabled: false });
      const page = await context.newPage();
      for (const name of chapters) {
        await page.goto(`${url}${name}.html`);
        const plot = page.getByRole('img', { name: await page.locator('.plot > title').textContent() });
        const cutOff = await plot.evaluate((svg) => {
          const { left, right, bottom } = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll('text, rect')].map((part) => [part.textContent, part.getBoundingClientRect()]);
          return boxes.filter(([, box]) => box.left < left - 1 || box.right > right + 1 || box.bottom > bottom + 2).map(([text]) => text);
        });
        assert.deepEqual(cutOff, [], name);
      }
      await context.close();
    });
  }

  /** Whether the card of a wrong fix shows the fix, its verdict, and lines of a right one. */
  const seenIn = (card) => card.evaluate((details) => {
    const shows = (pre) => pre.checkVisibility();
    const blocks = [...details.querySelectorAll('pre')];
    const isOfRight = (pre) => /^--- solutions/m.test(pre.textContent);
    const isVerdict = (pre) => pre.textContent.includes('cargo workbook check');
    return [
      blocks.filter((pre) => !isOfRight(pre) && !isVerdict(pre)).every(shows),
      blocks.filter(isVerdict).every(shows),
      blocks.filter(isOfRight).some(shows),
    ];
  });

  test('of the cards of wrong fixes one is open at a time, by the keyboard and without a script, and on paper all are', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    for (const name of chapters) {
      await page.emulateMedia({ media: 'screen' });
      await page.goto(`${url}${name}.html`);
      const cards = page.locator('details.wrong');
      const open = page.locator('details.wrong[open]');
      assert.equal(await open.count(), 0, name);
      for (const at of [0, 1]) {
        await cards.nth(at).locator('summary').first().focus();
        await page.keyboard.press('Enter');
        assert.equal(await open.count(), 1, name);
        assert.deepEqual(await seenIn(open), [true, false, false], `${name}: a card shows the fix, and neither its verdict nor the right one`);
      }
      await open.getByText('What does it break?').focus();
      await page.keyboard.press('Enter');
      await open.locator('pre').getByText('cargo workbook check').waitFor();
      assert.deepEqual(await seenIn(open), [true, true, false], `${name}: the right fix is asked for by itself`);
      await page.emulateMedia({ media: 'print' });
      for (const verdict of await cards.locator('pre:not(.against pre)').all()) assert.ok(await verdict.isVisible(), name);
      for (const answer of await page.locator('.question details > p').all()) assert.ok(await answer.isVisible(), name);
      assert.ok(await page.locator('details.fix pre').first().isVisible(), name);
      assert.equal(await page.locator('details.instructor p, details.hint p').locator('visible=true').count(), 0, 'notes and hints are asked for');
    }
    await context.close();
  });

  for (const name of chapters) {
    test(`the questions of ${name} are answered by the keyboard`, async () => {
      const { page, close } = await openPage(browser, `${url}${name}.html`);
      const more = page.locator('details.more:has(.question) > summary');
      if (await more.count()) {
        await more.focus();
        await page.keyboard.press('Enter');
      }
      for (const question of await page.locator('.question').all()) {
        const right = question.locator('details.right');
        assert.equal(await right.locator('p').first().isVisible(), false, 'nothing is told before the answer');
        await right.locator('summary').focus();
        await page.keyboard.press('Enter');
        assert.ok(await right.locator('p').first().isVisible());
      }
      await close();
    });
  }

  for (const width of [390, 1024]) {
    test(`an answer opens wherever its box is pressed, and no line crosses a number of a cost, at ${width} px`, async () => {
      for (const name of chapters) {
        const { page, close } = await openPage(browser, `${url}${name}.html`, { width });
        const answer = page.locator('.question details').first();
        await answer.scrollIntoViewIfNeeded();
        const { width: wide, height } = await answer.boundingBox();
        for (const position of [{ x: 3, y: 3 }, { x: wide - 3, y: height - 3 }]) {
          await answer.click({ position });
          assert.ok(await answer.evaluate((details) => details.open), `${name}: ${JSON.stringify(position)}`);
          await answer.evaluate((details) => { details.open = false; });
        }
        const crossed = await page.locator('.plot').evaluateAll((plots) => plots.flatMap((plot) => {
          const lines = [...plot.querySelectorAll('.reference')].map((line) => line.getBoundingClientRect());
          const isCrossed = ({ left, right, top, bottom }) => lines.some((line) =>
            line.left > left && line.left < right && line.top < bottom && line.bottom > top);
          return [...plot.querySelectorAll('.number')].filter((text) => isCrossed(text.getBoundingClientRect())).map((text) => text.textContent);
        }));
        assert.deepEqual(crossed, [], name);
        await close();
      }
    });
  }

  test('a reader marks a chapter as solved, and finds the mark again', async () => {
    const { page, noise, close } = await openPage(browser, `${url}ch02-ordering.html`);
    await page.locator('.way-in').getByText('cargo workbook check ch02').waitFor();
    await page.getByLabel('I have solved this chapter').check();
    await page.goto(`${url}progress.html`);
    await page.locator('.card[data-chapter="ch02-ordering"]').getByText('solved').waitFor();
    assert.equal(await page.getByText(/\d+ of \d+ checks/).count(), 0, 'nobody counts checks here');
    await page.locator('.sidebar a[href$="ch02-ordering.html"] .mark.passes').waitFor();
    assert.deepEqual(noise, []);
    await close();
  });

  test('"Your turn" has the exercise, the checks, and two commands to copy', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    // The place of publishing puts it there.
    await page.addInitScript(() => addEventListener('DOMContentLoaded', () => {
      document.querySelector('.menu-bar .right-buttons').insertAdjacentHTML('beforeend',
        '<a title="Git repository" aria-label="Git repository" href="https://git.example/someone/pitfalls">.</a>');
    }));
    await page.goto(`${url}ch03-batching.html#your-turn`);
    const copied = async (button) => {
      await button.click();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const commands = page.locator('.way-in').getByRole('button', { name: 'Copy' });
    assert.match(await copied(commands.nth(0)), /^git clone https:\/\/git\.example\/someone\/pitfalls && cd pitfalls && cargo workbook --open$/);
    assert.equal(await copied(commands.nth(1)), 'cargo workbook check ch03');
    assert.equal(await page.locator('.bench').getByText(/cargo workbook check ch03/).count(), 1, 'the command stands there once');
    assert.equal(await page.getByText('the verdict appears here').count(), 0, 'no server runs here');
    await page.locator('.check-list').getByText('a lone client is answered within max wait').waitFor();
    assert.equal(await page.locator('.desk, .now, .strip').locator('visible=true').count(), 0, 'nothing stands empty');
    const exercise = page.locator('.to-read');
    await exercise.locator('summary').click();
    assert.match(await copied(exercise.getByRole('button', { name: /copy/i })), /async fn serve<M: Model>/);
    await context.close();
  });

  test('an instructor opens the notes of one page, and finds those of the next one open', async () => {
    const { page, noise, close } = await openPage(browser, `${url}ch02-ordering.html`);
    const goal = page.locator('details.instructor').getByText('Goal:');
    assert.equal(await goal.isVisible(), false);
    await page.getByRole('button', { name: 'Notes', pressed: false }).press('Enter');
    await goal.waitFor();
    await page.goto(`${url}ch03-batching.html`);
    await goal.waitFor();
    await page.getByRole('button', { name: 'Notes', pressed: true }).press('Enter');
    assert.equal(await goal.isVisible(), false);
    assert.deepEqual(noise, []);
    await close();
  });

  test('without scripts a chapter shows its task, its hints and its still figure', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}ch03-batching.html`);
    await page.getByText('Run cargo workbook check ch03 in a terminal').waitFor();
    assert.equal(await page.locator('details.hint:visible').count(), 3);
    await page.locator('figure table').first().waitFor();
    await context.close();
  });
});
