// The live part of a page: verdicts on the reader's own files, sent by `cargo workbook`, and figures to play with.
// Without that server (static hosting) the page keeps what its Markdown says, and a mark for what is done.

import { openBench } from './bench.js';
import { classNote } from './class.js';
import { announce } from './element.js';
import { printedBlocks } from './failure.js';
import { listen } from './news.js';
import { offerNotes } from './notes.js';
import { markBusy, markVerdict, offerMark, showMarks, showProgress } from './progress.js';
import { workbookServer } from './server.js';
import { isNotesWindow, offerSlides, showNotes } from './slides.js';
import { offerTheWorkbook, tellTheWayIn } from './static.js';
import { keep, load } from './storage.js';
import { style } from './style.js';
import { offerToTry } from './try-fix.js';

const root = path_to_root;
// The page that prints the whole book has everything unfolded, and nothing to work on.
const prints = location.pathname.endsWith('print.html');

/** The heading of the part of the page in which `place` stands. */
function headingOf(place) {
  let before = place.closest('main > *');
  while (before && before.tagName !== 'H2') before = before.previousElementSibling;
  return before;
}

/**
 * Calls `open` once, when the reader comes near `place`, or to the heading of its part: on a slide a long part may hold
 * `place` far below the screen, and its heading is always seen. `margin` says how near, as `rootMargin` does.
 */
function whenNear(place, open, margin = '600px') {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    open();
  }, { rootMargin: margin });
  for (const seen of [place, headingOf(place)]) if (seen) watch.observe(seen);
}

/**
 * Each figure is a module of its own, `figures/NAME.js`. One that is styled has `figures/NAME.css` beside it. One above the screen
 * stays closed: its height would move what the reader looks at.
 */
function openFigures() {
  for (const place of document.querySelectorAll('.play')) {
    // Its height of the last time: what comes below it is then where a reload looks for it.
    const key = `figure ${place.dataset.figure}`;
    const { width, height } = load(key, {});
    if (width === innerWidth) place.style.minHeight = `${height}px`;
    whenNear(place, async () => {
      const figure = await import(`../figures/${place.dataset.figure}.js`);
      if (figure.isStyled) await style(`${root}figures/${place.dataset.figure}.css`);
      await figure.mount(place);
      place.style.minHeight = '';
      if (place.offsetHeight) keep(key, { width: innerWidth, height: place.offsetHeight });
    }, '0px 0px 600px');
  }
}

/** Hints come one at a time, as the styles have it: one that was opened shows the next one's title. */
function foldHints() {
  for (const hint of document.querySelectorAll('details.hint')) {
    if (prints) hint.classList.add('told');
    else hint.addEventListener('toggle', () => hint.classList.add('told'));
  }
}

async function site() {
  const answer = await fetch(`${root}workbook.json`);
  return answer.ok ? answer.json() : { live: false };
}

function goLive(token) {
  const server = workbookServer(root, token, (words) => bench?.waits(words));
  const place = prints ? null : document.querySelector('.checks');
  const joined = classNote(document.querySelector('.bench') ?? document.getElementById('progress'));
  if (place) offerToTry(place.dataset.chapter, server);
  const bench = place && openBench(place, { root, server, whenNear, listenAnew: () => listenAnew() });

  const ifHere = (news, then) => { if (bench && news.chapter === bench.chapter) then(); };
  const hearing = {
    reload() {
      // What is typed is kept, but nobody wants to lose the place, least of all before a room.
      const isBusy = bench?.isDirty() || document.documentElement.classList.contains('presents');
      if (isBusy) announce('The book has changed. Reload the page when you have saved.');
      else location.reload();
    },
    checking(news) {
      markBusy(news.chapter);
      bench?.checking(news);
    },
    check: (news) => ifHere(news, () => bench.check(news)),
    verdict(news) {
      markVerdict(news.chapter, news.passes);
      ifHere(news, () => bench.verdict(news));
    },
    edited: (news) => ifHere(news, () => bench.edited()),
    progress: (news) => showProgress(news.chapters, root),
    class: (news) => joined.told(news),
  };

  const listenAnew = listen(`${root}workbook/news`, {
    heard: (news) => hearing[news.kind]?.(news),
    lost: () => bench?.lost(),
    async opened() {
      bench?.found();
      joined.forget();
      server.useToken((await site()).token);
    },
  });
}

async function open() {
  if (isNotesWindow()) {
    showNotes();
    return;
  }
  foldHints();
  if (prints) {
    printedBlocks().forEach(({ list }) => list());
    // What is not drawn here would leave a hole.
    document.querySelectorAll('.play:empty').forEach((place) => place.remove());
  } else {
    // All but what is above the screen: another height there would move what the reader looks at.
    for (const { block, list } of printedBlocks()) whenNear(block, list, '0px 0px 1000000px');
    openFigures();
    offerNotes();
    offerSlides();
  }
  const { live, locked, token } = await site();
  if (live) {
    goLive(token);
    return;
  }
  if (!prints) {
    document.querySelectorAll('.checks').forEach((panel) => {
      if (locked) {
        tellTheWayIn(panel);
        return;
      }
      offerTheWorkbook(panel);
      offerMark(panel, root);
    });
  }
  showMarks(root);
}

await open();
