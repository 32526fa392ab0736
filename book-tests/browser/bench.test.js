// The workbench: code and verdict at one glance, and nothing that moves, hides or answers 404.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { withoutMarks } from '../../src/live/marks.js';
import { excessWidth, faults, launch, openPage, skip } from './chromium.js';
import { cookiesFor, made, openWorkbook, solution } from './workbook.js';

const chapter = 'ch01-precision';

describe('the workbench', { skip }, () => {
  let workbook;
  let browser;
  let shipped;
  before(async () => {
    mkdirSync(join(made, 'screenshots'), { recursive: true });
    [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
    shipped = workbook.read(chapter);
  });
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  /** The chapter with its editor and the verdict on `text`. */
  async function open({ width = 1400, height = 1000, theme, text = shipped, state = 'fails' } = {}) {
    workbook.write(chapter, text);
    const opened = await openPage(browser, `${workbook.url}${chapter}.html#your-turn`, { width, theme });
    const { page } = opened;
    await page.setViewportSize({ width, height });
    await page.locator('.bench').evaluate((bench) => bench.scrollIntoView());
    await page.locator('.desk .ace_line').first().waitFor();
    await judged(page, state);
    await page.waitForFunction((wanted) => ace.edit(document.querySelector('.code-editor')).getValue() === wanted, withoutMarks(text));
    return opened;
  }
  const judged = (page, state) => page.locator(`.checks:not([aria-busy]) .verdict.${state}`).waitFor({ timeout: 600_000 });
  const inEditor = (page) => page.locator('.desk .ace_text-input').focus();
  /** Where an element is on the screen. */
  const box = (page, selector) => page.locator(selector).first().evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return { top, bottom, left, right };
  });

  /** Whether the caret stands where nothing covers it. */
  async function caretIsSeen(page) {
    await page.waitForTimeout(200);
    const [caret, menu] = [await box(page, '.desk .ace_cursor'), await box(page, '#mdbook-menu-bar')];
    const strip = await page.locator('.strip').isVisible() ? await box(page, '.strip') : { top: page.viewportSize().height };
    assert.ok(caret.top >= Math.max(menu.bottom, 0) && caret.bottom <= strip.top, JSON.stringify({ caret, menu, strip }));
  }

  test('shows the code to repair and the first failure side by side, on the smallest screen', async () => {
    const { page, close } = await open({ width: 1366, height: 768 });
    const [desk, now, hint] = [await box(page, '.desk'), await box(page, '.now'), await box(page, '.hint')];
    for (const [name, part] of Object.entries({ desk, now, hint })) {
      assert.ok(part.top >= 40 && part.bottom <= 768, `${name} from ${part.top} to ${part.bottom}`);
    }
    assert.ok(desk.right <= now.left, 'the verdict is beside the code');
    assert.ok(now.right > 1300, 'as wide as the window');
    await page.locator('.desk .ace_line', { hasText: 'payment.merchant_id as f32' }).waitFor();
    await page.locator('.now').getByText('First failure').waitFor();
    assert.equal(await excessWidth(page), 0);
    await close();
  });

  test('folds what is finished, hides the marks, and has the numbers of the file', async () => {
    const { page, close } = await open();
    const seen = () => page.locator('.desk .ace_text-layer').innerText();
    assert.match(await seen(), /73 lines: Payment, Features/);
    assert.doesNotMatch(await seen(), /ANCHOR|pub struct Payment/);
    const line = shipped.split('\n').findIndex((code) => code.includes('pub fn features')) + 1;
    await page.locator('.desk .ace_gutter-cell', { hasText: new RegExp(`^${line}$`) }).waitFor();
    await page.getByRole('button', { name: 'Unfold all' }).click();
    await page.waitForFunction(() => /pub struct Payment/.test(document.querySelector('.desk .ace_text-layer').innerText));
    await page.getByRole('button', { name: 'Fold what is finished' }).click();
    await page.waitForFunction(() => !/pub struct Payment/.test(document.querySelector('.desk .ace_text-layer').innerText));
    await close();
  });

  for (const width of [390, 1024]) {
    test(`keeps one line of the verdict in view, which leads to it, at ${width} px`, async () => {
      const { page, close } = await open({ width, height: 800 });
      await page.locator('.desk').evaluate((desk) => desk.scrollIntoView());
      const strip = await box(page, '.strip');
      assert.ok(strip.bottom <= 801 && strip.top > 600, `the strip from ${strip.top} to ${strip.bottom}`);
      await page.locator('.strip').getByText('2 of 10 pass, first failure: a gap between').waitFor();
      await page.locator('.strip').getByRole('button', { name: 'Show' }).press('Enter');
      const now = await box(page, '.now');
      assert.ok(now.top >= 0 && now.bottom <= strip.top + 1, `the failure from ${now.top} to ${now.bottom}`);
      assert.ok(await page.evaluate(() => document.activeElement.matches('.now')), 'the keyboard goes along');
      await close();
    });
  }

  test('no key asks for a file that is not there, and what the browser does on Ctrl-F stays', async () => {
    const { page, noise, close } = await open();
    await page.evaluate(() => {
      window.prevented = [];
      document.querySelector('.code-editor').addEventListener('keydown', (event) => prevented.push([event.key, event.defaultPrevented]));
    });
    await inEditor(page);
    for (const key of ['Control+f', 'Control+l', 'Control+,', 'Control+h', 'F1', 'F4', 'Alt+e', 'Alt+Shift+e']) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    assert.deepEqual(noise, []);
    const found = await page.evaluate(() => prevented.find(([key]) => key === 'f'));
    assert.deepEqual(found, ['f', false]);
    await close();
  });

  test('Ctrl-S and Ctrl-Enter save and check, from the code and from the verdict', async () => {
    const { page, noise, close } = await open();
    for (const [number, [place, key]] of [['.desk .ace_text-input', 'Control+s'], ['.desk .ace_text-input', 'Control+Enter'], ['.now', 'Control+s']].entries()) {
      await inEditor(page);
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText(`// ${number}\n`);
      await page.locator(place).focus();
      await page.keyboard.press(key);
      await page.waitForFunction(() => document.querySelector('.desk .state').textContent === '');
      assert.ok(workbook.read(chapter).endsWith(`// ${number}\n`), `${key} in ${place}`);
    }
    await judged(page, 'fails');
    assert.deepEqual(noise, []);
    await close();
  });

  for (const [width, height] of [[1400, 900], [390, 844]]) {
    test(`the caret stays in view at ${width} px`, async () => {
      const { page, close } = await open({ width, height, text: `${shipped}\nfn broken() -> u32 { "text" }\n` });
      // As a reader who has scrolled on meanwhile.
      for (const block of ['start', 'end']) {
        await page.locator('.desk').evaluate((desk, to) => desk.scrollIntoView({ block: to }), block);
        await page.evaluate((by) => scrollBy(0, by), block === 'start' ? 300 : -300);
        await inEditor(page);
        await page.keyboard.press('Control+End');
        await caretIsSeen(page);
        await page.keyboard.press('Control+Home');
        await caretIsSeen(page);
      }
      await page.locator('.now .problems').getByRole('button', { name: /^Line/ }).first().click();
      await caretIsSeen(page);
      await close();
    });
  }

  test('the wheel scrolls the page over the code, until somebody works in it', async () => {
    const { page, close } = await open({ width: 1366, height: 768, text: shipped.repeat(3) });
    const place = await box(page, '.code-editor');
    await page.mouse.move(place.left + 200, place.top + 200);
    const at = () => page.evaluate(() => [scrollY, ace.edit(document.querySelector('.code-editor')).session.getScrollTop()]);
    await page.evaluate(() => ace.edit(document.querySelector('.code-editor')).session.setScrollTop(0));
    const [pageBefore, codeBefore] = await at();
    await page.mouse.wheel(0, 240);
    await page.waitForTimeout(300);
    const [pageAfter, codeAfter] = await at();
    assert.ok(pageAfter > pageBefore, 'the page moves');
    assert.equal(codeAfter, codeBefore);
    await inEditor(page);
    await page.evaluate(() => document.querySelector('.bench').scrollIntoView());
    await page.waitForTimeout(300);
    await page.evaluate(() => ace.edit(document.querySelector('.code-editor')).session.setScrollTop(0));
    await page.waitForTimeout(300);
    const [pageNow] = await at();
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(300);
    const [pageThen, codeThen] = await at();
    assert.deepEqual([pageThen, codeThen > 0], [pageNow, true], 'the code moves');
    await close();
  });

  for (const [width, height] of [[1400, 900], [390, 844]]) {
    test(`one right fix takes the editor's place and moves nothing, at ${width} px`, async () => {
      const { page, close } = await open({ width, height });
      const before = await box(page, '.checks');
      await page.getByRole('button', { name: 'Show one right fix' }).click();
      await page.locator('.desk .note').getByText('there are hints under the verdict').waitFor();
      await page.getByRole('button', { name: 'Show it now' }).click();
      await page.locator('.desk .difference .added').first().waitFor();
      const [after, hint] = [await box(page, '.checks'), await box(page, '.hint')];
      assert.equal(after.bottom - after.top, before.bottom - before.top);
      const top = async () => (await box(page, '.checks')).top - (await box(page, '.bench')).top;
      const open_ = await top();
      await page.getByRole('button', { name: 'Hide the fix' }).click();
      assert.equal(await top(), open_);
      assert.ok(hint.top > after.top, 'hints are under the verdict');
      await close();
    });

    test(`nothing moves while the page loads and the verdict comes, at ${width} px`, async () => {
      workbook.write(chapter, shipped);
      const context = await browser.newContext({ viewport: { width, height } });
      await context.addCookies(cookiesFor(workbook.url));
      for (const place of ['.bench', '.checks', '#your-turn']) {
        const page = await context.newPage();
        await page.addInitScript((seen) => {
          // As one who follows a link into the page, and sees the very part that is filled.
          addEventListener('DOMContentLoaded', () => document.querySelector(seen).scrollIntoView());
          window.shifts = [];
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) shifts.push([entry.value, ...entry.sources.map(({ node }) => node?.className || node?.nodeName)]);
          }).observe({ type: 'layout-shift', buffered: true });
        }, place);
        await page.goto(`${workbook.url}${chapter}.html`);
        await page.locator('.desk .ace_line').first().waitFor();
        await judged(page, 'fails');
        await page.waitForTimeout(500);
        assert.deepEqual(await page.evaluate(() => shifts), [], place);
        await page.close();
      }
      await context.close();
    });
  }

  test('shows how far it is, each result as it comes, in the same order, and what became green', async () => {
    const { page, close } = await open();
    const order = () => page.locator('.check-list .sentence').allInnerTexts();
    const before = await order();
    await page.evaluate(() => {
      window.told = [];
      new MutationObserver(() => {
        const known = document.querySelectorAll('.check-list .check:not(.pending)').length;
        told.push([document.querySelector('.checks .verdict').textContent, known]);
      }).observe(document.querySelector('.checks'), { subtree: true, childList: true, characterData: true, attributes: true });
    });
    // It keeps all but the mean.
    workbook.write(chapter, solution(chapter).replace(/fn mean\([^]*?\n}/, 'fn mean(_: &[u32]) -> f64 {\n    0.0\n}'));
    await page.locator('.check-list .newly-green').first().waitFor({ timeout: 120_000 });
    await judged(page, 'fails');
    const told = await page.evaluate(() => window.told);
    const phases = told.map(([words]) => words);
    assert.ok(phases.some((words) => /^Compiling/.test(words)), 'it says that it compiles');
    assert.ok(phases.some((words) => /last time/.test(words)), 'and how long it took last time');
    assert.ok(told.some(([words, known]) => /^Checking/.test(words) && known > 0 && known < before.length), 'a result is there before the last one');
    assert.deepEqual(await order(), before);
    const green = page.locator('.check-list .newly-green');
    assert.ok(await green.count() > 3);
    assert.match(await green.first().innerText(), /since this run/);
    await page.locator('.now').getByText('First failure: the mean of a long history does not drift').waitFor();
    await close();
  });

  test('says after the last check what was learned, and where to go', async () => {
    const { page, noise, close } = await open();
    workbook.write(chapter, solution(chapter));
    await judged(page, 'passes');
    const now = page.locator('.now');
    await now.getByText('All checks pass. You worked on it for').waitFor();
    await now.getByText('narrow once at the end').waitFor();
    await now.getByText(/Of the wrong fixes wrong\/\w+\.rs is nearest to your text, \d+ lines away/).waitFor();
    assert.match(await now.getByRole('link', { name: 'Next: 2 · The ready flag that lies' }).getAttribute('href'), /ch02-ordering\.html$/);
    await now.getByRole('link', { name: 'In your code base' }).waitFor();
    await now.getByRole('button', { name: 'Compare with one right fix' }).click();
    await page.locator('.desk .difference:focus').waitFor();
    assert.deepEqual(noise, []);
    await close();
  });

  test('dims what was learned after a reset, until there is a new verdict', async () => {
    const { page, close } = await open({ text: solution(chapter), state: 'passes' });
    await page.evaluate(() => {
      window.seen = [];
      const now = document.querySelector('.now');
      new MutationObserver(() => {
        if (now.textContent.includes('All checks pass')) seen.push([document.querySelector('.checks').hasAttribute('aria-busy'), now.matches('.old')]);
      }).observe(document.querySelector('.checks'), { subtree: true, childList: true, attributes: true });
    });
    workbook.write(chapter, shipped);
    await judged(page, 'fails');
    const whileChecked = await page.evaluate(() => seen.filter(([isBusy]) => isBusy).map(([, isDimmed]) => isDimmed));
    assert.ok(whileChecked.length > 0);
    assert.deepEqual(new Set(whileChecked), new Set([true]));
    assert.equal(await page.locator('.now.old').count(), 0);
    await close();
  });

  test('says how the keyboard leaves the editor, while it is in it', async () => {
    const { page, close } = await open();
    const keys = page.locator('.desk .keys');
    assert.equal(await keys.isVisible(), false);
    await inEditor(page);
    await keys.getByText('Esc leaves the editor').waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
    await close();
  });

  test('folds the same lines in a text that was pasted with its marks', async () => {
    const { page, close } = await open();
    const hidden = () => page.evaluate(() => {
      const { session } = ace.edit(document.querySelector('.code-editor'));
      return session.getAllFolds().map(({ range }) => session.getTextRange(range)).sort();
    });
    const expected = await hidden();
    assert.ok(expected.length > 0);
    await inEditor(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(shipped);
    const fold = page.getByRole('button', { name: 'Fold what is finished' });
    await fold.click();
    assert.deepEqual((await hidden()).map(withoutMarks), expected);
    await close();
  });

  test('tells a screen reader each verdict once, and none that nobody waited for', async () => {
    const { page, close } = await open();
    // Now nobody has saved anything.
    await page.reload();
    await page.locator('.desk').evaluate((desk) => desk.scrollIntoView());
    await page.locator('.desk .ace_line').first().waitFor();
    await judged(page, 'fails');
    await page.evaluate(() => {
      window.said = [];
      const status = document.querySelector('[role="status"].visually-hidden');
      new MutationObserver(() => { if (status.textContent) said.push(status.textContent); }).observe(status, { childList: true });
    });
    assert.equal(await page.locator('[role="status"].visually-hidden').first().textContent(), '');
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.locator('.checks[aria-busy]').waitFor();
    await judged(page, 'fails');
    const said = (await page.evaluate(() => window.said)).filter((words) => words.includes('checks pass'));
    assert.equal(said.length, 1, said);
    assert.match(said[0], /2 of 10 checks pass\. First failure: a gap between/);
    await close();
  });

  const states = {
    shipped: { state: 'fails' },
    error: { state: 'fails' },
    solved: { state: 'passes' },
  };
  for (const width of [390, 1024, 1400]) {
    for (const theme of ['light', 'navy']) {
      test(`is accessible and within the screen at ${width} px, ${theme}`, async () => {
        const texts = { shipped, error: `${shipped}\nfn broken() -> u32 { "text" }\n`, solved: solution(chapter) };
        for (const [name, { state }] of Object.entries(states)) {
          const { page, noise, close } = await open({ width, height: 900, theme, text: texts[name], state });
          await page.screenshot({ path: join(made, 'screenshots', `bench-${name}-${width}-${theme}.png`) });
          assert.deepEqual(await faults(page, '.bench'), [], name);
          assert.equal(await excessWidth(page), 0, name);
          assert.deepEqual(noise, []);
          await close();
        }
      });
    }
  }

  test('says what is wrong where the editor does not come, and tries again', async () => {
    workbook.write(chapter, shipped);
    const context = await browser.newContext();
    await context.addCookies(cookiesFor(workbook.url));
    const page = await context.newPage();
    await page.route('**/workbook/editor/ace.js', (route) => route.abort());
    await page.goto(`${workbook.url}${chapter}.html#your-turn`);
    await page.locator('.desk').getByText('The editor is not there: ace.js did not come').waitFor();
    await judged(page, 'fails');
    await page.unroute('**/workbook/editor/ace.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.desk .ace_line').first().waitFor();
    await context.close();
  });

  for (const [width, theme] of [[1400, 'light'], [390, 'navy']]) {
    test(`draws the run of a failed check, which a slider takes step by step, at ${width} px`, async () => {
      const name = 'two_full_batchers_that_call_each_other_do_not_lock_up';
      const step = (at, lane, what) => ({ at, lane, what });
      const check = {
        name, sentence: name.replaceAll('_', ' '), state: 'failed', promises: [],
        message: 'client 1 got no reply\nexpected: its own\nwhy\n\nat    who       does\n0 ms  client 1  calls infer',
        trace: {
          lanes: ['client 1', 'model A', 'model B'],
          steps: [step('0 ms', 'client 1', 'calls infer'), step('1 ms', 'model A', 'calls batcher B'), step('2 ms', 'model B', 'calls batcher A')],
          waits: [{ who: 'model A', for: 'model B' }, { who: 'model B', for: 'model A' }],
        },
      };
      const news = {
        kind: 'verdict', chapter: 'ch03-batching', passes: false, line: '0 of 1 checks pass',
        verdict: { milliseconds: 1, outcome: { kind: 'ran', checks: [check] } },
      };
      const { page, noise, close } = await openPage(browser, 'about:blank', { width, theme });
      await page.context().addCookies(cookiesFor(workbook.url));
      // In the server's place, which would have to compile.
      await page.addInitScript((told) => {
        window.EventSource = class {
          constructor() { setTimeout(() => this.onmessage({ data: JSON.stringify(told) })); }
          close() {}
        };
      }, news);
      noise.length = 0;
      await page.goto(`${workbook.url}ch03-batching.html#your-turn`);
      const run = page.locator('.now .run');
      await run.getByRole('row', { name: 'end model B waits for model A' }).waitFor();
      assert.equal(await run.getByRole('row').count(), 6);
      assert.doesNotMatch(await page.locator('.now .message').innerText(), /who +does/, 'the steps stand there once');
      const faint = () => run.locator('.to-come').count();
      const slider = run.getByRole('slider', { name: 'Step by step' });
      await slider.focus();
      const isInView = (step) => step.evaluate((row) => {
        const [{ top, bottom }, box, above] = [row, row.closest('.now'), row.closest('.run').querySelector('.scrub')].map((each) => each.getBoundingClientRect());
        return top >= above.bottom - 1 && bottom <= box.bottom + 1;
      });
      await page.keyboard.press('Home');
      assert.equal(await faint(), 4);
      assert.ok(await isInView(run.locator('tbody tr').first()));
      await page.keyboard.press('ArrowRight');
      assert.equal(await faint(), 3);
      assert.equal(await slider.getAttribute('aria-valuetext'), '1 ms: model A calls batcher B');
      await page.keyboard.press('End');
      assert.equal(await faint(), 0);
      assert.ok(await isInView(run.locator('tbody tr').last()), 'a long run is followed, below its slider');
      const waits = await run.locator('line.waits').evaluateAll((lines) => lines.map((line) => [getComputedStyle(line).strokeDasharray, line.getBoundingClientRect().width > 5]));
      assert.deepEqual(waits, [['4px, 3px', true], ['4px, 3px', true]]);
      assert.deepEqual(await faults(page, '.now'), []);
      assert.equal(await excessWidth(page), 0);
      await page.locator('.now').screenshot({ path: join(made, 'screenshots', `run-${width}.png`) });
      await close();
    });
  }
});
