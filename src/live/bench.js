// The workbench of a chapter: the desk with the editor, the check panel beside it, and what each tells the other.

import { button, element } from './element.js';
import { minutes, notBegun, worked } from './minutes.js';
import { checkPanel } from './panel.js';
import { solvedParts } from './solved.js';
import { verdictStrip } from './strip.js';

/** How long the reader has worked on the chapter, kept in this browser. */
function clockOf(chapter) {
  const key = `workbook-minutes-${chapter}`;
  const load = () => JSON.parse(localStorage.getItem(key) ?? 'null') ?? notBegun;
  return {
    worked: () => localStorage.setItem(key, JSON.stringify(worked(load(), Date.now()))),
    minutes: () => minutes(load()),
  };
}

/** Opens the bench around the panel `place`; its editor comes when the reader is near. Returns what the news are told to. */
export function openBench(place, { root, server, whenNear }) {
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

  async function openDesk() {
    deskPlace.replaceChildren(element('p', 'note', 'The editor is on its way …'));
    try {
      const desks = await import('./desk.js');
      desk = await desks.openDesk(deskPlace, chapter, { file, root, server, worked: clock.worked });
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
      if (news.chapter === chapter) panel.checking(news, other);
      else if (news.phase?.step !== 'waiting') other = news.chapter;
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
    lost: () => panel.lost(),
    found: () => panel.found(),
  };
}
