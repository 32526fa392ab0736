// A page as slides for a room, one part each, and the instructor's notes in a window beside them.

import { announce, button, element } from './element.js';
import { clock, slideAfter, slidesOf } from './slides-logic.js';

/** Slides and notes of one page find each other by this. */
const channel = () => new BroadcastChannel(`workbook-slides ${location.pathname}`);

/** Whether this window is the one with the notes. */
export const isNotesWindow = () => new URLSearchParams(location.search).has('notes');

/** Adds the button, and Alt+P, that turn a chapter into slides and back. */
export function offerSlides() {
  if (!document.querySelector('details.instructor')) return;
  const main = document.querySelector('main');
  const children = [...main.children];
  const slides = slidesOf(children.map((child) => ({ tag: child.tagName, id: child.id, title: child.textContent })));
  const notes = channel();
  let at = 0;
  let since;

  const offer = button('Slides', () => (isOn() ? leave() : begin()));
  offer.className = 'notes-switch';
  offer.title = 'Show this page as slides (Alt+P); Escape leaves';
  offer.setAttribute('aria-pressed', false);
  const openNotes = button('Notes beside', () => window.open(`${location.pathname}?notes`, 'workbook-notes', 'popup,width=700,height=800'));
  openNotes.className = 'notes-switch';
  openNotes.hidden = true;
  document.querySelector('.menu-bar .right-buttons').prepend(openNotes, offer);

  const isOn = () => document.documentElement.classList.contains('presents');
  const tell = () => {
    if (isOn()) notes.postMessage({ at, count: slides.length, title: slides[at].title, next: slides[at + 1]?.title, since });
  };

  function show(next) {
    at = next;
    const shown = new Set(slides[at].children);
    children.forEach((child, index) => child.classList.toggle('off-slide', !shown.has(index)));
    scrollTo(0, 0);
    // Code is as wide as before or wider: what scrolls must take the focus.
    dispatchEvent(new Event('resize'));
    announce(`Slide ${at + 1} of ${slides.length}: ${slides[at].title}`);
    tell();
  }

  function begin() {
    since = Date.now();
    const top = (index) => children[index].getBoundingClientRect().top;
    const here = slides.findLastIndex((slide) => top(slide.children[0]) < 120);
    document.documentElement.classList.add('presents');
    offer.setAttribute('aria-pressed', true);
    openNotes.hidden = false;
    show(Math.max(here, 0));
  }

  function leave() {
    document.documentElement.classList.remove('presents');
    offer.setAttribute('aria-pressed', false);
    openNotes.hidden = true;
    children.forEach((child) => child.classList.remove('off-slide'));
    children[slides[at].children[0]].scrollIntoView();
    dispatchEvent(new Event('resize'));
    announce('The whole page');
  }

  // Before mdBook's own keys, which turn pages.
  document.addEventListener('keydown', (event) => {
    if (event.altKey && event.code === 'KeyP') {
      event.preventDefault();
      offer.click();
      return;
    }
    if (!isOn() || event.altKey || event.ctrlKey || event.metaKey) return;
    // Whoever types, or moves a slider, does not turn slides.
    if (event.target.closest?.('input, textarea, select, .code-editor')) return;
    const next = slideAfter(event.key, at, slides.length);
    if (event.key === 'Escape') leave();
    else if (next !== undefined) show(next);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // The window with the notes was opened, or a key was pressed in it.
  notes.onmessage = ({ data }) => {
    if (data.asks) tell();
    if (data.key && isOn()) show(slideAfter(data.key, at, slides.length) ?? at);
  };
}

/** Shows the notes alone, with the slide that the room sees and the time against the plan. */
export function showNotes() {
  const details = document.querySelector('details.instructor');
  const planned = Number(details.dataset.talk);
  const slide = element('p');
  const time = element('p', 'time');
  details.open = true;
  document.documentElement.classList.add('notes-only');
  const holder = element('section');
  holder.setAttribute('aria-label', 'The instructor’s notes');
  holder.append(slide, time, details);
  document.querySelector('main').replaceChildren(element('h1', '', `Notes: ${document.title.split(' - ')[0]}`), holder);
  slide.textContent = 'Press Slides on the page.';

  const slides = channel();
  let since;
  slides.onmessage = ({ data }) => {
    if (!data.title) return;
    since = data.since;
    slide.textContent = `Slide ${data.at + 1} of ${data.count}: ${data.title}${data.next ? `; next: ${data.next}` : ''}`;
  };
  slides.postMessage({ asks: true });
  setInterval(() => { if (since) time.textContent = clock((Date.now() - since) / 1000, planned); }, 1000);
  document.addEventListener('keydown', (event) => {
    if (slideAfter(event.key, 0, 1) === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    slides.postMessage({ key: event.key });
  }, true);
}
