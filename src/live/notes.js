// A switch in the menu that opens every chapter's notes for the instructor, and remembers.

import { button } from './element.js';
import { keep, load } from './storage.js';

const key = 'workbook-notes';

/** Adds the switch to a page that has notes. */
export function offerNotes() {
  const notes = document.querySelectorAll('details.instructor');
  if (!notes.length) return;
  const offer = button('Notes', () => show(offer.getAttribute('aria-pressed') === 'false'));
  offer.className = 'notes-switch';
  offer.title = 'Open the notes for the instructor on every page';
  function show(isOpen) {
    offer.setAttribute('aria-pressed', isOpen);
    keep(key, isOpen);
    notes.forEach((note) => { note.open = isOpen; });
  }
  show(load(key, false));
  document.querySelector('.menu-bar .right-buttons').prepend(offer);
}
