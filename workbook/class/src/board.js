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

function button(text, label, press) {
  const made = element('button', text, { type: 'button', 'aria-label': label });
  made.addEventListener('click', press);
  return made;
}

/** What stands in a list of learners, by their number: a row that is drawn anew would lose the focus, and a click that has begun. */
class Rows {
  #made = new Map();

  constructor(body) {
    this.body = body;
  }

  /** Shows `learners` in this order. `make` makes a row, and `fill` writes into one. */
  show(learners, make, fill) {
    const rows = learners.map(learner => {
      if (!this.#made.has(learner.id)) this.#made.set(learner.id, make(learner));
      const row = this.#made.get(learner.id);
      fill(row, learner);
      return row;
    });
    const ids = new Set(learners.map(learner => learner.id));
    for (const [id, row] of this.#made) {
      if (!ids.has(id)) {
        row.remove();
        this.#made.delete(id);
      }
    }
    if (rows.every((row, place) => this.body.children[place] === row)) return;
    const focused = document.activeElement;
    this.body.replaceChildren(...rows);
    if (this.body.contains(focused)) focused.focus({ preventScroll: true });
  }
}

function newLearnerRow(learner) {
  const row = element('tr', '');
  const cells = ['', '', '', '', ''].map(() => element('td', ''));
  const last = element('td', '');
  last.append(button('Remove', `Remove ${learner.name}`, () => askToRemove(learner)));
  row.append(element('th', learner.name, { scope: 'row', dir: 'auto' }), ...cells, last);
  return row;
}

function fillLearnerRow(row, learner, now) {
  const work = learner.at;
  const texts = [
    work ? work.chapter.split('-')[0] : '–',
    work ? `${work.passed} of ${work.checks}` : '–',
    stuckAt(work),
    work?.since ? span(now - work.since) : '–',
    isHere(learner, now) ? 'now' : `${span(now - learner.seen)} ago`,
  ];
  texts.forEach((text, place) => { row.cells[place + 1].textContent = text; });
}

function newRemovedRow(learner) {
  const row = element('li', '');
  const back = button('Let back in', `Let ${learner.name} back in`, () => readmit(learner));
  row.append(element('span', learner.name, { dir: 'auto' }), back);
  return row;
}

/** Asks the board for a change. Says `text`, with an `undo` if there is one, or why it was not made. */
async function change(what, text, undo) {
  const send = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) };
  const problem = await fetch('change', send)
    .then(answer => answer.ok ? '' : answer.text())
    .catch(() => 'the board does not answer');
  at('done').className = problem ? 'failed' : '';
  at('done').textContent = problem ? `Not done: ${problem}.` : `${text} `;
  if (!problem && undo) at('done').append(button('Undo', 'Undo the removal', undo));
  return !problem;
}

function readmit(learner) {
  change({ readmit: learner.id }, `${learner.name} is back in.`);
  at('learners').querySelector('summary').focus();
}

/** Who is about to be removed. */
let asked = null;

function askToRemove(learner) {
  asked = learner;
  at('sure-title').textContent = `Remove ${learner.name}?`;
  // What Escape leaves is no answer.
  at('sure').returnValue = '';
  at('sure').showModal();
}

at('sure').addEventListener('close', async () => {
  const learner = asked;
  if (at('sure').returnValue !== 'remove') return;
  const done = await change({ remove: learner.id }, `${learner.name} is removed.`, () => readmit(learner));
  // The row goes: whoever works with the keyboard goes on at the way back.
  if (done) at('done').querySelector('button').focus();
});

let closed = false;
at('close').addEventListener('click', () => change({ closed: !closed }, closed ? 'New learners can join again.' : 'Nobody new can join. Who has joined stays.'));

/** Whether the board has heard of a learner within a minute: a workbook says so every 30 seconds. The clock may have been set back. */
const isHere = (learner, now) => Math.abs(now - learner.seen) < 60000;

function draw(news, now) {
  at('join').textContent = news.join;
  at('room').textContent = `${count(news.learners.length, 'learner')} joined, ${news.learners.filter(learner => isHere(learner, now)).length} here now`;
  news.chapters.forEach(chapter => drawChapter(chapter, now));
  // An alert that is written again is read again.
  const trouble = news.trouble ?? '';
  if (at('trouble').textContent !== trouble) at('trouble').textContent = trouble;
  closed = news.closed;
  at('closed').textContent = closed ? 'This class is closed: nobody new can join.' : '';
  at('close').textContent = closed ? 'Take new learners again' : 'Close to new learners';
  const since = learner => learner.at?.since ?? Infinity;
  const inOrder = news.learners.toSorted((one, other) => since(one) - since(other) || 0);
  learnerRows.show(inOrder, newLearnerRow, (row, learner) => fillLearnerRow(row, learner, now));
  at('removed').hidden = news.removed.length === 0;
  removedRows.show(news.removed, newRemovedRow, () => {});
}

const learnerRows = new Rows(at('learner-rows'));
const removedRows = new Rows(at('removed-rows'));
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
