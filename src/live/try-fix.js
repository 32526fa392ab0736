// The card of a wrong fix, run on the reader's own machine.

import { announce, button, element, region } from './element.js';

/** The file of the fix that a card shows: its kept verdict begins with the command that printed it. */
const fileOf = (card) => card.textContent.match(/--with wrong\/(\w+\.rs)/)?.[1];

/** Adds to each card a button that has its fix checked; `chapter` is `chNN-name`. */
export function offerToTry(chapter, server) {
  for (const card of document.querySelectorAll('details.wrong')) {
    const file = fileOf(card);
    if (!file) continue;
    const said = element('span');
    const shown = element('div');
    const offer = button('Try it on this machine', async () => {
      if (offer.getAttribute('aria-disabled') === 'true') return;
      offer.setAttribute('aria-disabled', 'true');
      said.textContent = 'Compiling and checking …';
      try {
        const { verdict } = await server.wait(`exercise/${chapter}/wrong/${file}`);
        shown.replaceChildren(region('tried', `what the checks say of ${file} on this machine`, verdict));
        said.textContent = '';
        announce('The checks have run.');
      } catch ({ message }) {
        said.textContent = message;
      }
      offer.setAttribute('aria-disabled', 'false');
    });
    const tools = element('p', 'try');
    tools.append(offer, ' ', said);
    card.querySelector('details').append(tools, shown);
  }
}
