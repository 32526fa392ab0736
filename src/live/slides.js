// A page as slides for a room, each as large as it fits the screen, and the instructor's notes in a window beside them.

import { announce, button, element } from './element.js';
import { clock, slideAfter, slidesOf } from './slides-logic.js';
import { style } from './style.js';

const slidesStyle = () => style(`${path_to_root}live/slides.css`);

/** Slides and notes of one page find each other by this. */
const channel = () => new BroadcastChannel(`workbook-slides ${location.pathname}`);

/** Whether this window is the one with the notes. */
export const isNotesWindow = () => new URLSearchParams(location.search).has('notes');

/** What fills a slide by itself. */
const BLOCKS = 'pre, .printed, figure, .play, .question, details, table, .table-wrapper, .bench, dl, ul:has(> li:nth-child(6)), ol:has(> li:nth-child(6))';
const SMALLEST = 0.3;

/** Whether all of the slide is seen: nothing is below the screen, and no line of code beyond its block. */
function fits(main) {
  const page = document.scrollingElement;
  const isCut = (pre) => pre.checkVisibility() && pre.scrollWidth > pre.clientWidth + 1;
  return page.scrollHeight <= page.clientHeight + 1 && ![...main.querySelectorAll('pre')].some(isCut);
}

/** Makes the slide as large as it fits the screen, and not larger than the text of slides is. */
function fit(main) {
  let [fitting, tooLarge] = [SMALLEST, 1];
  main.style.zoom = 1;
  if (fits(main)) return;
  for (let tried = 0; tried < 6; tried += 1) {
    const middle = (fitting + tooLarge) / 2;
    main.style.zoom = middle;
    if (fits(main)) fitting = middle;
    else tooLarge = middle;
  }
  main.style.zoom = fitting;
}

/** Adds the button, and Alt+P, that turn a chapter into slides and back. */
export function offerSlides() {
  if (!document.querySelector('details.instructor')) return;
  const main = document.querySelector('main');
  /** The slides with their elements; asked anew each time, for the editor and others come to the page late. */
  const slides = () => {
    // Beside the editor the text to read is hidden: a slide of it would be empty.
    const children = [...main.children].filter((child) => !child.matches('html[data-live] .to-read'));
    return slidesOf(children.map((child) => ({
      tag: child.tagName, id: child.id, title: child.textContent, length: child.textContent.length, isBlock: child.matches(BLOCKS),
    })))
      .map((slide) => ({ title: slide.title, elements: slide.children.map((index) => children[index]) }));
  };
  const count = () => slides().length;
  const notes = channel();
  let at = 0;
  let since;

  const offer = button('Slides', () => (isOn() ? leave() : begin()));
  offer.className = 'notes-switch slides-switch';
  offer.title = 'Show this page as slides (Alt+P); Escape leaves';
  offer.setAttribute('aria-pressed', false);
  const openNotes = button('Notes beside', () => window.open(`${location.pathname}?notes`, 'workbook-notes', 'popup,width=700,height=800'));
  openNotes.className = 'notes-switch slides-switch';
  openNotes.hidden = true;
  document.querySelector('.menu-bar .right-buttons').prepend(openNotes, offer);

  const counter = element('p', 'slide-counter');
  counter.setAttribute('aria-hidden', 'true');
  document.body.append(counter);

  const isOn = () => document.documentElement.classList.contains('presents');
  const title = (index) => slides()[index]?.title;
  const tell = () => {
    if (isOn()) notes.postMessage({ at, count: count(), title: title(at), next: title(at + 1), since });
  };

  function hideOthers() {
    const shown = new Set(slides()[at].elements);
    for (const child of main.children) child.classList.toggle('off-slide', !shown.has(child));
  }

  function show(next) {
    at = next;
    hideOthers();
    // The card of a wrong fix is read as a whole; its answer stays folded.
    for (const card of main.querySelectorAll(':scope > details.wrong')) card.open = !card.classList.contains('off-slide');
    counter.textContent = `${at + 1}/${count()}`;
    scrollTo(0, 0);
    fit(main);
    // What scrolls must take the focus, and what does not must not.
    dispatchEvent(new Event('resize'));
    announce(`Slide ${at + 1} of ${count()}: ${title(at)}`);
    tell();
  }

  async function begin() {
    await slidesStyle();
    // Space would press the button again, and end what has begun.
    offer.blur();
    since = Date.now();
    const here = slides().findLastIndex(({ elements: [heading, first] }) =>
      heading.getBoundingClientRect().top < 120 && (!first || first.getBoundingClientRect().top < innerHeight / 2));
    document.documentElement.classList.add('presents');
    offer.setAttribute('aria-pressed', true);
    openNotes.hidden = false;
    show(Math.max(here, 0));
  }

  function leave() {
    document.documentElement.classList.remove('presents');
    offer.setAttribute('aria-pressed', false);
    openNotes.hidden = true;
    const [heading, first] = slides()[at].elements;
    for (const child of main.children) child.classList.remove('off-slide');
    main.style.zoom = '';
    const isFirst = slides().findIndex(({ elements }) => elements[0] === heading) === at;
    (isFirst ? heading : first).scrollIntoView();
    dispatchEvent(new Event('resize'));
    announce('The whole page');
  }

  new MutationObserver(() => { if (isOn()) hideOthers(); }).observe(main, { childList: true });
  // What is unfolded, drawn or checked later changes the height.
  new ResizeObserver(() => { if (isOn()) fit(main); }).observe(main.parentElement);
  main.addEventListener('toggle', () => { if (isOn()) fit(main); }, true);

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
    // On whatever takes the focus Space has a meaning of its own.
    if (event.key === ' ' && ![document.body, main].includes(event.target)) return;
    const next = slideAfter(event.key, at, count(), event.shiftKey);
    if (event.key === 'Escape') leave();
    else if (next !== undefined) show(next);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // The window with the notes was opened, or a key was pressed in it.
  notes.onmessage = ({ data }) => {
    if (data.asks) tell();
    if (data.key && isOn()) show(slideAfter(data.key, at, count()) ?? at);
  };
}

/** Shows the notes alone, with the slide that the room sees and the time against the plan. */
export function showNotes() {
  slidesStyle();
  const details = document.querySelector('details.instructor');
  const planned = Number(document.querySelector('.checks').dataset.talk);
  const slide = element('p');
  const time = element('p', 'time');
  details.open = true;
  document.documentElement.classList.add('notes-only');
  const holder = element('section');
  holder.setAttribute('aria-label', 'The instructor’s notes');
  holder.append(slide, time, details);
  const main = document.querySelector('main');
  main.replaceChildren(element('h1', '', `Notes: ${main.querySelector('h1').textContent}`), holder);
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
    if (event.key === ' ' || slideAfter(event.key, 0, 1) === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    slides.postMessage({ key: event.key });
  }, true);
}
