// What is shown when all checks of a chapter pass: what was learned, and where to go from here.

import { button, element, withCode } from './element.js';
import { minuteWords } from './words.js';

function line(...content) {
  const made = element('p');
  made.append(...content);
  return made;
}

function link(text, href) {
  const made = element('a', '', text);
  made.href = href;
  return made;
}

/** The parts; they are there at once, and filled when `facts` comes. `minutes` were spent, as far as this browser knows. */
export function solvedParts({ facts, minutes, showTheFix, root }) {
  const title = element('p', 'title');
  title.append(element('strong', 'good', 'All checks pass.'), minutes > 0 ? ` You worked on it for ${minuteWords(minutes)}.` : '');
  const learned = element('p', 'learned');
  const nearest = element('p', 'nearest');
  const ways = element('p', 'onward');
  const compare = button('Compare with one right fix', showTheFix);
  ways.append(compare, ' ', link('In your code base', '#in-your-code-base'));
  facts.then(({ learned: words, nearest: wrong, next }) => {
    learned.append(...withCode(words));
    if (wrong) {
      nearest.append('Of the wrong fixes ', element('code', '', `wrong/${wrong.file}`), ` is nearest to your text, ${wrong.lines} lines away. `,
        ...withCode(wrong.why), ' ', link('Wrong fixes', '#wrong-fixes'));
    }
    if (next) ways.prepend(link(`Next: ${next.title}`, `${root}${next.name}.html`), ' ');
    else ways.prepend(link('Your progress', `${root}progress.html`), ' ');
  }, () => { learned.textContent = ''; });
  return [title, learned, ways, nearest];
}
