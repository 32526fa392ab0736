// The browser that the tests drive.

import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { cookiesFor } from './workbook.js';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = places.find((place) => place && existsSync(place));

/** Why the tests are skipped, or false. */
export const skip = executablePath ? false : 'no Chromium on this machine: install it, or name it in CHROMIUM';

/** A browser; with `keepPages` one that keeps pages which were left, as browsers do. */
export const launch = ({ keepPages = false } = {}) => chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ignoreDefaultArgs: keepPages ? ['--disable-back-forward-cache'] : [],
});

/**
 * Opens a page of `url` and notes what no page may do: an error in the console, a request that fails or that leaves
 * the server. `prepare` gets the page before it loads.
 */
export async function openPage(browser, url, { width = 1400, theme = 'light', waitUntil = 'load', prepare = async () => {} } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 1000 }, reducedMotion: 'reduce' });
  await context.addCookies(cookiesFor(url));
  await context.addInitScript((name) => {
    if (!localStorage.getItem('mdbook-theme')) localStorage.setItem('mdbook-theme', name);
  }, theme);
  const page = await context.newPage();
  const noise = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) noise.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left ends its stream of news.
    if (!request.url().endsWith('/news')) noise.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin && !/^(data|blob):/.test(request.url())) noise.push(`leaves the server: ${request.url()}`);
  });
  await prepare(page);
  await page.goto(url, { waitUntil });
  return { page, noise, close: () => context.close() };
}

/**
 * What a checker of accessibility finds, on the page or inside `within`: the rule, the element and how to mend it. What `without` selects
 * is left out.
 */
export async function faults(page, within = 'html', without = []) {
  if (!await page.evaluate(() => 'axe' in window)) {
    await page.evaluate(axe.source);
    // The checker tells no contrast before a gradient.
    // What a page forbids to stand in it, as the class board's does, a script may still add.
    await page.evaluate(() => {
      const styles = new CSSStyleSheet();
      styles.replaceSync('pre > code { background-image: none !important; }');
      document.adoptedStyleSheets.push(styles);
    });
  }
  // Of what is right nothing is told: to name it all takes longer than to check it.
  const violations = await page.evaluate(async ([include, exclude]) => {
    const found = await window.axe.run({ include: [[include]], exclude }, { resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })) }));
  }, [within, without.map((selector) => [selector])]);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

/** Notes what moves on `page` while it loads, for `allMoved`. */
export const watchMoves = (page) => page.addInitScript(() => {
  window.moved = [];
  window.watch = new PerformanceObserver((list) => note(list.getEntries()));
  const note = (entries) => {
    for (const { sources, hadRecentInput } of entries) {
      if (hadRecentInput) continue;
      window.moved.push(...sources.map(({ node, previousRect, currentRect }) => `${node?.nodeName} ${node?.className}: ${JSON.stringify([previousRect, currentRect])}`));
    }
  };
  window.allMoved = () => {
    note(window.watch.takeRecords());
    return window.moved;
  };
  window.watch.observe({ type: 'layout-shift', buffered: true });
});

/** What moved: each element, and where from and to. */
export const allMoved = (page) => page.evaluate(() => new Promise((resolve) => {
  // What still changes then is drawn in the next frames.
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.allMoved())));
}));

/**
 * The controls on `page` that are too low for a finger, on a phone, or for a mouse: each with its height. A link inside of a sentence is as
 * high as its line, and an editor is one control.
 */
export const lowTargets = (page) => page.evaluate(() => {
  const least = innerWidth <= 600 ? 44 : 24;
  const isInSentence = (link) => link.matches('a') && getComputedStyle(link).display === 'inline'
    && link.closest('p, li, dd, td, div, summary, caption').textContent.trim().length > link.textContent.trim().length;
  const controls = [...document.querySelectorAll('a[href], button, summary, select, textarea, input, [role="button"]')]
    .filter((control) => control.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !control.closest('.ace_editor')
      && !control.matches('.skip:not(:focus)') && !isInSentence(control));
  return controls.flatMap((control) => {
    const place = control.matches('[type="radio"], [type="checkbox"]') ? control.closest('label') ?? control : control;
    const { height } = place.getBoundingClientRect();
    const words = control.getAttribute('aria-label') ?? place.textContent.trim().slice(0, 40);
    return height && height < least - 0.5 ? [`${Math.round(height)} px: ${control.tagName} ${control.className} ${words}`] : [];
  });
});

/** By how many pixels the page is wider than the screen. */
export const excessWidth = (page) => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
