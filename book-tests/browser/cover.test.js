// A newcomer on the start page, from plain static hosting: what the book is, how to begin, and which chapter a symptom
// leads to.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { faults, launch, openPage, skip } from './chromium.js';
import { hostBook } from './host.js';

describe('the start page', { skip, concurrency: 2 }, () => {
  let browser;
  let book;
  let url;
  let facts;
  before(async () => {
    [book, browser] = await Promise.all([hostBook(), launch()]);
    url = book.url;
    facts = JSON.parse(readFileSync(join(book.folder, 'facts/symptoms.json'), 'utf8'));
  });
  after(async () => {
    await browser?.close();
    book?.close();
  });

  const box = (page) => page.getByRole('textbox', { name: 'Paste an error message' });
  const found = (page) => page.locator('.finder .found li');

  test('leads from an error message to its chapter, by the keyboard alone', async () => {
    const { page, noise, close } = await openPage(browser, `${url}index.html`);
    await box(page).focus();
    await page.keyboard.insertText("thread 'tokio-runtime-worker' panicked at src/batch.rs:41:30:\ncalled `Result::unwrap()` on an `Err` value: SendError { .. }");
    await found(page).first().getByText('SendError').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.closest('.found'));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ch03-batching.html');
    assert.deepEqual(noise, []);
    await close();
  });

  test('says what is outside of the book, and where no word is known', async () => {
    const { page, close } = await openPage(browser, `${url}index.html`);
    await box(page).fill('does it use the GPU?');
    await found(page).first().getByText('Not in this book: Which device runs the model').waitFor();
    assert.deepEqual(await faults(page, '.finder'), []);
    await box(page).fill('zebra');
    await page.locator('.finder').getByText('No chapter has these words').waitFor();
    await box(page).fill('');
    await page.waitForFunction(() => !document.querySelector('.finder .found').textContent);
    await close();
  });

  test('keeps its table where there is no script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}index.html`);
    assert.equal(await box(page).isVisible(), false);
    const symptoms = facts.chapters.flatMap((chapter) => chapter.symptoms);
    assert.equal(await page.locator('.symptoms tbody tr').count(), symptoms.length);
    assert.equal(await page.getByText('2026-11-23 14:30:24').isVisible(), true);
    await context.close();
  });

  test('has a clock that a cast stops', async () => {
    const { page, close } = await openPage(browser, `${url}index.html`);
    const words = page.locator('.clocks .words');
    await words.getByText('stands still').waitFor();
    await page.getByRole('radio', { name: 'bf16' }).check();
    await words.getByText(/days? off/).waitFor();
    await close();
  });

  test('has a card for each chapter, with its number, title, subject, minutes and drawing', async () => {
    const { page, close } = await openPage(browser, `${url}index.html`);
    const cards = page.locator('.card');
    assert.equal(await cards.count(), facts.chapters.length);
    for (const { name, title, subject } of facts.chapters) {
      const card = page.locator(`.card[data-chapter="${name}"]`);
      const text = await card.innerText();
      for (const part of [title, subject, 'minutes']) assert.ok(text.includes(part), `${name}: ${part}`);
      assert.ok(await card.locator('.drawing').isVisible());
    }
    await close();
  });

  test('tells how to get the workbook: the clone line where the repository is known, with a button that copies it', async () => {
    const { page, close } = await openPage(browser, `${url}index.html`);
    await page.locator('.get').getByText('cargo workbook --open').waitFor();
    await close();
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const published = await context.newPage();
    await published.route('**/index.html', async (route) => {
      const answer = await route.fetch();
      const link = '<div class="right-buttons"><a href="https://example.org/you/pitfalls" title="Git repository">git</a>';
      await route.fulfill({ response: answer, body: (await answer.text()).replace('<div class="right-buttons">', link) });
    });
    await published.goto(`${url}index.html`);
    const line = 'git clone https://example.org/you/pitfalls && cd pitfalls && cargo workbook --open';
    await published.locator('.get').getByText(line).waitFor();
    await published.locator('.get').getByRole('button', { name: 'Copy' }).click();
    assert.equal(await published.evaluate(() => navigator.clipboard.readText()), line);
    await context.close();
  });

  test('a chapter that is marked as solved is so on its card, and what comes next is offered', async () => {
    const { page, close } = await openPage(browser, `${url}ch01-precision.html`);
    await page.getByLabel('I have solved this chapter').check();
    await page.goto(`${url}index.html`);
    await page.locator('.card[data-chapter="ch01-precision"]').getByText('solved').waitFor();
    await page.getByRole('link', { name: `Go on with ${facts.chapters[1].title}` }).waitFor();
    await page.goto(`${url}progress.html`);
    await page.locator('.card[data-chapter="ch01-precision"]').getByText('solved').waitFor();
    await page.locator('#progress').getByRole('link', { name: facts.chapters[1].title }).waitFor();
    await close();
  });

  test('before a keystroke nothing is crossed out or counted', async () => {
    const { page, close } = await openPage(browser, `${url}progress.html`);
    await page.locator('#progress').getByText('Next: ').waitFor();
    assert.equal(await page.getByText('✗').count(), 0);
    assert.equal(await page.getByText('solved', { exact: true }).count(), 0);
    await close();
  });

  test('a chapter is called alike in the contents, on its card, on its page and in its title', async () => {
    for (const { name, title, subject } of facts.chapters) {
      const { page, close } = await openPage(browser, `${url}${name}.html`);
      assert.equal(await page.locator('main h1').innerText(), title);
      assert.equal(await page.locator('main .subject').first().innerText(), subject);
      assert.equal(await page.title(), `${subject} - ${title}`);
      const entry = page.locator(`.sidebar a[href$="${name}.html"]`);
      assert.ok((await entry.innerText()).startsWith(title));
      assert.equal(await entry.evaluate((link) => getComputedStyle(link, '::after').content), `"${subject}"`);
      await close();
    }
  });

  // What the search of the book did not find, and where it must lead now.
  for (const [words, place] of Object.entries({
    GPU: 'index.html#outside',
    'execution provider': 'index.html#outside',
    rayon: 'index.html#outside',
    SendError: 'ch03-batching.html',
    Gather: 'ch05-input-names.html',
    rope: 'ch01-precision.html',
    emoji: 'index.html#outside',
    'sample rate': 'ch11-layout.html',
    reranker: 'index.html#outside',
    dll: 'ch07-versions.html',
    docker: 'ch07-versions.html',
    wasm: 'index.html#outside',
    OOM: 'ch03-batching.html',
    throughput: 'ch04-state.html',
  })) {
    test(`the search for "${words}" leads to ${place}`, async () => {
      const { page, close } = await openPage(browser, `${url}progress.html`);
      await page.getByRole('button', { name: 'Toggle Searchbar' }).click();
      await page.keyboard.type(words);
      await page.locator('#mdbook-searchresults a').first().waitFor();
      const links = await page.locator('#mdbook-searchresults a').evaluateAll((all) => all.slice(0, 5).map((link) => link.getAttribute('href')));
      const [file, part = ''] = place.split('#');
      assert.ok(links.some((link) => link.includes(file) && link.includes(part)), links.join(' '));
      await close();
    });
  }
});
