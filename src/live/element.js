// Elements of a page, made from text and never from HTML.

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Text that may be wider than its place: it scrolls inside, and takes the focus so that the keyboard can scroll it. */
export function region(className, label, ...content) {
  const made = element('pre', className);
  made.append(...content);
  made.tabIndex = 0;
  made.setAttribute('role', 'region');
  made.setAttribute('aria-label', label);
  return made;
}

/** Words in which what stands between two backticks is code, as in Markdown. */
export function withCode(words) {
  return words.split('`').map((part, at) => (at % 2 ? element('code', '', part) : part));
}

/** Words that change while the page stands: a screen reader says them anew. */
export function liveOutput() {
  const made = element('output');
  made.setAttribute('aria-live', 'polite');
  return made;
}

export function button(text, onClick) {
  const made = element('button', '', text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

// Announced once; what is seen on the page is rebuilt silently.
const announcement = element('p', 'visually-hidden');
announcement.setAttribute('role', 'status');
document.body.append(announcement);

/** Tells `text` to a screen reader. */
export function announce(text) {
  announcement.textContent = text;
}
