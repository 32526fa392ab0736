// The workbench of a chapter: the desk with the editor, the check panel beside it, and what each tells the other.

import { button, element } from './element.js';
import { minutes, notBegun, worked } from './minutes.js';
import { checkPanel } from './panel.js';
import { solvedParts } from './solved.js';
import { keep, load } from './storage.js';
import { verdictStrip } from './strip.js';

/** How long the reader has worked on the chapter, kept in this browser. */
function clockOf(chapter) {
  const key = `workbook-minutes-${chapter}`;
  let spent = load(key, notBegun);
  return {
    worked() {
      // Another tab may have worked meanwhile.
      spent = worked(load(key, spent), Date.now());
      keep(key, spent);
    },
    minutes: () => minutes(load(key, spent)),
  };
}

/** For so many seconds the first word of a check is waited for, before it is asked for again. */
const patience = 5;

/** Opens the bench around the panel `place`; its editor comes when the reader is near. Returns what the news are told to. */
export function openBench(place, { root, server, whenNear, listenAnew }) {
  const { chapter } = place.dataset;
  const bench = place.closest('.bench');
  const deskPlace = bench.querySelector('.desk');
  const clock = clockOf(chapter);
  let desk;
  let latest;
  /** Another chapter's check, which this one waits for. */
  let other;
  /** Asked for once for each verdict: the text is the one that was checked. */
  let facts;

  const strip = verdictStrip(bench, () => panel.show());
  const file = `exercises/${chapter}/src/lib.rs`;
  const panel = checkPanel(place, {
    file,
    goTo: (line, column) => desk?.goTo(line, column),
    solved: () => {
      facts ??= server.get(`exercise/${chapter}/solved`);
      return solvedParts({ facts, minutes: clock.minutes(), showTheFix: () => desk?.showTheFix(), root });
    },
    told: strip.tell,
  });

  /** Runs while a check was asked for and nothing was heard of it. */
  let waiting;
  const heard = () => clearTimeout(waiting);
  function asked(silence = patience) {
    heard();
    waiting = setTimeout(async () => {
      panel.waits(`Nothing was heard of the check for ${silence} s. Asking again …`);
      listenAnew();
      await server.send('POST', `exercise/${chapter}/check`).catch(() => undefined);
      asked(silence + patience);
    }, patience * 1000);
  }
  // Nobody waits there, and who comes back is told the latest.
  document.addEventListener('visibilitychange', heard);

  async function openDesk() {
    deskPlace.replaceChildren(element('p', 'note', 'The editor is on its way …'));
    try {
      const desks = await import('./desk.js');
      desk = await desks.openDesk(deskPlace, chapter, { file, root, server, worked: clock.worked, asked: () => asked() });
      if (latest) desk.verdict(latest);
    } catch (error) {
      const note = element('p', 'note', `The editor is not there: ${error.message} Edit ${file} in your own one; each save is checked. `);
      note.append(button('Try again', openDesk));
      deskPlace.replaceChildren(note);
    }
  }
  whenNear(deskPlace, openDesk);

  bench.addEventListener('keydown', (event) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && (event.key === 's' || event.key === 'Enter');
    if (!isSave || event.defaultPrevented) return;
    event.preventDefault();
    desk?.save();
  });

  return {
    chapter,
    isDirty: () => Boolean(desk?.isDirty()),
    checking(news) {
      if (news.chapter === chapter) {
        heard();
        panel.checking(news, other);
      } else if (news.phase?.step !== 'waiting') other = news.chapter;
    },
    check: (news) => panel.check(news),
    verdict(news) {
      latest = news;
      facts = undefined;
      if (news.passes) clock.worked();
      panel.verdict(news);
      desk?.verdict(news);
    },
    edited: () => desk?.edited(),
    waits: (words) => desk?.waits(words),
    lost: () => panel.lost(),
    found: () => panel.found(),
  };
}
