// Draws what the board is told. A name is only ever set as text.

const at = id => document.getElementById(id);

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** `< 1 min`, `12 min`, `2 h 5 min`: of a span in milliseconds. */
function span(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  if (minutes < 1) return '< 1 min';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 learner`, `2 learners`. */
const count = (number, one) => `${number} ${one}${number === 1 ? '' : 's'}`;

/** Counts beside a bar that shows the same: a screen reader has the number. */
function bar(number, of, kind) {
  const cell = element('td', '', { class: 'count' });
  const drawn = element('span', '', { class: `bar ${kind}` });
  drawn.style.inlineSize = of ? `${(100 * number) / of}%` : '0';
  cell.append(element('span', String(number)), drawn);
  return cell;
}

function state(chapter) {
  if (!chapter.begun) return 'nobody has begun';
  const broken = chapter.broken ? `, ${chapter.broken} not compiling now` : '';
  return `${chapter.begun} began, ${chapter.done} done${broken}`;
}

function checkRow(check, chapter, now) {
  const row = element('tr', '');
  row.append(
    element('th', check.sentence, { scope: 'row' }),
    bar(check.passed, chapter.begun, 'passed'),
    bar(check.stuck, chapter.begun, 'stuck'),
    element('td', check.since === null ? '–' : span(now - check.since)),
  );
  return row;
}

// What stands: a chapter is unfolded once, when somebody begins it, and then stays as the instructor leaves it.
const shown = new Map();

function newChapter(chapter) {
  const details = element('details', '');
  const summary = element('summary', '');
  const line = element('span', '', { class: 'state' });
  summary.append(element('strong', chapter.title), ' ', line, element('span', chapter.subject, { class: 'subject' }));
  const table = element('table', '');
  const head = element('tr', '');
  for (const title of ['Check', 'Passed', 'Stuck', 'Longest']) head.append(element('th', title, { scope: 'col' }));
  const body = element('tbody', '');
  table.append(element('caption', chapter.title, { class: 'visually-hidden' }), element('thead', ''), body);
  table.tHead.append(head);
  const scroll = element('div', '', { class: 'scroll', role: 'region', 'aria-label': chapter.title, tabindex: 0 });
  scroll.append(table);
  details.append(summary, scroll);
  at('chapters').append(details);
  return { details, line, body, begun: false };
}

function drawChapter(chapter, now) {
  if (!shown.has(chapter.name)) shown.set(chapter.name, newChapter(chapter));
  const place = shown.get(chapter.name);
  place.line.textContent = state(chapter);
  place.body.replaceChildren(...chapter.checks.map(check => checkRow(check, chapter, now)));
  if (chapter.begun && !place.begun) place.details.open = place.begun = true;
}

function stuckAt(work) {
  if (!work) return '–';
  return work.compiles ? work.stuck ?? '–' : 'does not compile';
}

function learnerRow(learner, now) {
  const work = learner.at;
  const row = element('tr', '');
  row.append(
    element('th', learner.name, { scope: 'row', dir: 'auto' }),
    element('td', work ? work.chapter.split('-')[0] : '–'),
    element('td', work ? `${work.passed} of ${work.checks}` : '–'),
    element('td', stuckAt(work)),
    element('td', work?.since ? span(now - work.since) : '–'),
    element('td', isHere(learner, now) ? 'now' : `${span(now - learner.seen)} ago`),
  );
  return row;
}

/** Whether the board has heard of a learner within a minute: a workbook says so every 30 seconds. The clock may have been set back. */
const isHere = (learner, now) => Math.abs(now - learner.seen) < 60000;

function draw(news, now) {
  at('join').textContent = news.join;
  at('room').textContent = `${count(news.learners.length, 'learner')} joined, ${news.learners.filter(learner => isHere(learner, now)).length} here now`;
  news.chapters.forEach(chapter => drawChapter(chapter, now));
  const since = learner => learner.at?.since ?? Infinity;
  const rows = news.learners.toSorted((one, other) => since(one) - since(other) || 0);
  at('learner-rows').replaceChildren(...rows.map(learner => learnerRow(learner, now)));
}

let latest = null;
let arrived = 0;
const redraw = () => latest && draw(latest, latest.now + performance.now() - arrived);

const news = new EventSource('news');
news.onmessage = event => {
  latest = JSON.parse(event.data);
  arrived = performance.now();
  redraw();
};
news.onopen = () => { at('link').textContent = ''; };
news.onerror = () => { at('link').textContent = 'The board does not answer; what is shown is the last that it told.'; };
// Minutes pass while no verdict arrives.
setInterval(redraw, 20000);
