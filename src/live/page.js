// The live part of a page: verdicts on the reader's own files, sent by `cargo workbook`, and figures to play with.
// Without that server (static hosting) the page keeps what its Markdown says, and a mark for what is done.

import { classNote } from './class.js';
import { announce } from './element.js';
import { listen } from './news.js';
import { offerNotes } from './notes.js';
import { checkPanel } from './panel.js';
import { markBusy, markVerdict, offerMark, showMarks, showProgress } from './progress.js';
import { workbookServer } from './server.js';
import { isNotesWindow, offerSlides, showNotes } from './slides.js';
import { offerTheWorkbook } from './static.js';
import { style } from './style.js';

const root = path_to_root;
// The page that prints the whole book has everything unfolded, and nothing to work on.
const prints = location.pathname.endsWith('print.html');

/** Calls `open` once, when the reader comes near `place`. */
function whenNear(place, open) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    open();
  }, { rootMargin: '600px' });
  watch.observe(place);
}

/** Each figure is a module of its own, `figures/NAME.js`. One that is styled has `figures/NAME.css` beside it. */
function openFigures() {
  for (const place of document.querySelectorAll('.play')) {
    whenNear(place, async () => {
      const figure = await import(`../figures/${place.dataset.figure}.js`);
      if (figure.isStyled) await style(`${root}figures/${place.dataset.figure}.css`);
      figure.mount(place);
    });
  }
}

/** Hints come one at a time: each shows the next one's title. */
function foldHints() {
  const hints = [...document.querySelectorAll('details.hint')];
  hints.slice(1).forEach((hint, at) => {
    hint.hidden = true;
    hints[at].addEventListener('toggle', () => { hint.hidden = false; });
  });
}

async function site() {
  const answer = await fetch(`${root}workbook.json`);
  return answer.ok ? answer.json() : { live: false };
}

function goLive(token) {
  const server = workbookServer(root, token);
  const place = document.querySelector('.checks');
  const chapter = place?.dataset.chapter;
  /** See `desk.js`: it is opened late, for its editor is large. */
  let desk;
  let passes = false;
  const panel = place && checkPanel(place, (line) => desk?.goTo(line));
  const joined = classNote(place ?? document.getElementById('progress'));

  const ifHere = (news, then) => { if (panel && news.chapter === chapter) then(); };
  const hearing = {
    reload() {
      // What is typed is kept, but nobody wants to lose the place.
      if (desk?.isDirty()) announce('The book has changed. Reload the page when you have saved.');
      else location.reload();
    },
    checking(news) {
      markBusy(news.chapter);
      ifHere(news, () => panel.checking());
    },
    verdict(news) {
      markVerdict(news.chapter, news.passes);
      ifHere(news, () => {
        passes = news.passes;
        panel.verdict(news);
        desk?.verdict(passes);
      });
    },
    edited: (news) => ifHere(news, () => desk?.edited()),
    progress: (news) => showProgress(news.chapters, root),
    class: (news) => joined.told(news),
  };

  listen(`${root}workbook/news`, {
    heard: (news) => hearing[news.kind](news),
    lost: () => panel?.lost(),
    async opened() {
      panel?.found();
      joined.forget();
      server.useToken((await site()).token);
    },
  });

  if (place && !prints) {
    whenNear(place, async () => {
      const { openDesk } = await import('./desk.js');
      desk = await openDesk(place, chapter, { root, server });
      desk.verdict(passes);
    });
  }
}

async function open() {
  if (isNotesWindow()) {
    showNotes();
    return;
  }
  if (!prints) {
    foldHints();
    openFigures();
    offerNotes();
    offerSlides();
  }
  const { live, token } = await site();
  if (live) {
    // The editor has the exercise, and the panel its checks.
    document.querySelectorAll('.to-read').forEach((part) => part.remove());
    goLive(token);
    return;
  }
  if (!prints) {
    document.querySelectorAll('.checks').forEach((panel) => {
      offerTheWorkbook(panel);
      offerMark(panel, root);
    });
  }
  showMarks(root);
}

await open();
