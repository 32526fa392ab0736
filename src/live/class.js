// The class that the reader has joined: shown where verdicts are, with all that its board is sent.

import { announce, element, region } from './element.js';

/** Puts the note after `place` once the server tells of a class. A page without such a place has none. */
export function classNote(place) {
  const note = element('details', 'class');
  const summary = element('summary');
  const sent = region('message', 'all that the class board is sent');
  note.append(summary, element('p', '', 'This is all that the board is sent, at each verdict and every 30 seconds:'), sent);
  let told = null;
  return {
    told({ host, sent: text, trouble }) {
      summary.replaceChildren(`The class on ${host}: `, element('span', trouble ? 'bad' : '', trouble ?? 'it has your latest verdicts'));
      if (trouble && trouble !== told) announce(summary.textContent);
      told = trouble;
      sent.textContent = text;
      place?.after(note);
    },
    /** A server that was started anew may have joined none. */
    forget: () => note.remove(),
  };
}
