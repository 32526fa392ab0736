// The book in Firefox, in short: what a reader does first works there as well. Everything else is tested in Chromium.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { cookiesFor, openWorkbook } from './workbook.js';

const places = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
const executablePath = places.find((place) => place && existsSync(place));
const skip = executablePath ? false : 'no Firefox on this machine: install it, or name it in FIREFOX';

describe('in Firefox', { skip }, () => {
  let workbook;
  let browser;
  before(async () => {
    [workbook, browser] = await Promise.all([
      openWorkbook(),
      puppeteer.launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: 300_000 }),
    ]);
  });
  after(async () => {
    await browser?.close();
    await workbook?.stop();
  });

  /** A page of the book that notes its errors. */
  async function open(name) {
    const page = await browser.newPage();
    const noise = [];
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') noise.push(message.text()); });
    page.on('requestfailed', (request) => { if (!request.url().endsWith('/news')) noise.push(request.url()); });
    page.setDefaultTimeout(120_000);
    await browser.setCookie(...cookiesFor(workbook.url).map(({ url, ...cookie }) => ({ ...cookie, domain: new URL(url).hostname, path: '/' })));
    await page.goto(`${workbook.url}${name}.html`, { waitUntil: 'load' });
    return { page, noise };
  }

  test('a symptom leads to its chapter', async () => {
    const { page, noise } = await open('index');
    await page.type('#symptom', 'SendError');
    await page.waitForSelector('.found a[href="ch03-batching.html"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.closest('.found'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname.endsWith('ch03-batching.html'));
    assert.deepEqual(noise, []);
    await page.close();
  });

  test('the contents open and lead on', async () => {
    const { page, noise } = await open('index');
    await page.setViewport({ width: 800, height: 900 });
    await page.click('button[aria-controls="mdbook-sidebar"]');
    await page.waitForFunction(() => document.getElementById('mdbook-sidebar').getBoundingClientRect().left >= 0);
    await page.click('.sidebar a[href$="ch02-ordering.html"]');
    await page.waitForFunction(() => location.pathname.endsWith('ch02-ordering.html'));
    assert.deepEqual(noise, []);
    await page.close();
  });

  test('a chapter has its figure, its editor with the exercise, and a verdict', async () => {
    const { page, noise } = await open('ch01-precision');
    await page.$eval('.play', (place) => place.scrollIntoView());
    await page.waitForSelector('.play output');
    await page.$eval('#your-turn', (heading) => heading.scrollIntoView());
    await page.waitForSelector('.ace_line');
    const shown = await page.evaluate(() => ace.edit(document.querySelector('.code-editor')).getValue());
    // The marks of sections are not shown.
    assert.equal(shown, workbook.read('ch01-precision').replace(/^.*\/\/ ANCHOR.*\n/gm, ''));
    await page.waitForSelector('.checks .verdict.fails', { timeout: 600_000 });
    assert.deepEqual(noise, []);
    await page.close();
  });
});
