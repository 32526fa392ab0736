// The start page: the box that finds a chapter for a symptom, and the line that fetches the workbook.

import { announce, element, withCode } from './element.js';
import { finder } from './finder-logic.js';
import { fetchLine, lineToCopy } from './static.js';

function chapterFound({ chapter, symptom }) {
  const item = element('li');
  const link = element('a', '', chapter.title);
  link.href = `${chapter.name}.html`;
  const why = element('span', 'symptom');
  why.append(...withCode(symptom));
  item.append(link, element('span', 'subject', chapter.subject), why);
  return item;
}

function topicFound({ topic }) {
  const item = element('li', 'outside');
  const link = element('a', '', `Not in this book: ${topic.title}`);
  link.href = '#outside';
  item.append(link, element('span', 'symptom', topic.says));
  return item;
}

/** Makes the box answer while its reader types or pastes. */
function openFinder(form) {
  const box = form.querySelector('textarea');
  const place = form.querySelector('.found');
  /** Asked for when it is needed, and once. */
  let finding;
  const load = () => {
    finding ??= fetch('facts/symptoms.json').then((answer) => answer.json()).then(finder);
    return finding;
  };
  let telling;

  async function find() {
    const asked = box.value.trim();
    const found = asked ? (await load())(asked) : [];
    if (asked !== box.value.trim()) return;
    const list = element('ol');
    list.append(...found.map((each) => (each.chapter ? chapterFound(each) : topicFound(each))));
    const nothing = 'No chapter has these words. Try others, or the search of the book (the magnifying glass, or the key S).';
    place.replaceChildren(...(found.length ? [list] : asked ? [element('p', '', nothing)] : []));
    // Whoever listens hears of it when the typing pauses.
    clearTimeout(telling);
    telling = setTimeout(() => announce(found.length ? `Found: ${found.map(({ chapter, topic }) => chapter?.title ?? `not in this book, ${topic.title}`).join('; ')}` : asked ? nothing : ''), 700);
  }

  box.addEventListener('focus', load, { once: true });
  box.addEventListener('input', find);
  form.addEventListener('keydown', (event) => {
    // mdBook's own keys turn pages and open the search.
    event.stopPropagation();
    if (event.target === box && event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      find().then(() => place.querySelector('a')?.focus());
    }
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  // A browser keeps what was typed when it comes back to the page.
  if (box.value) find();
}

/** What leads to the book's own folder: where the place of publishing is known, the line that fetches it. */
function offerTheLine(place) {
  const line = fetchLine();
  if (line) place.replaceChildren('Get it, with Rust 1.92 or later: ', ...lineToCopy(line));
}

for (const form of document.querySelectorAll('form.finder')) openFinder(form);
for (const place of document.querySelectorAll('.cover .get')) offerTheLine(place);
