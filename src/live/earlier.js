// The earlier texts of an exercise: those that the server has seen in the file, and what this browser keeps of texts that
// were never saved.

import { button, element } from './element.js';

const when = (time) => (time ? new Date(time).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }) : 'earlier');

function row(words, details, take) {
  const item = element('li');
  item.append(button(words, take), ' ', element('span', '', details));
  return item;
}

/** Fills `place` with the list. `take` is called with the words for a text and what loads it. */
export async function listEarlier(place, { server, path, drafts, take }) {
  const kept = await server.get(`${path}/history`);
  const list = element('ol');
  for (const { at, text } of drafts) {
    const words = `Not saved, ${when(at)}`;
    list.append(row(words, `${text.split('\n').length} lines, in this browser only`, () => take(words, async () => text)));
  }
  for (const { number, seen, lines, more, fewer } of kept) {
    const words = `Text ${number}, ${when(seen)}`;
    const difference = more || fewer ? `+${more} −${fewer} lines against the file` : 'as in the file';
    list.append(row(words, `${lines} lines, ${difference}`, () => take(words, async () => (await server.get(`${path}/history/${number}`)).text)));
  }
  const explains = 'Your last 20 different texts, from this page, your editor and resets. To choose one saves nothing yet.';
  place.replaceChildren(element('p', '', list.children.length ? explains : 'No text of yours was saved yet.'), list);
}
