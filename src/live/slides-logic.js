// What a page shows as slides: its parts, one after the other. No DOM here.

/**
 * Groups the children of a page, told by their tags and the ids of their headings: a slide for what stands before the
 * first part, and one for each part. The instructor's notes are no slide.
 */
export function slidesOf(children) {
  const slides = [];
  let isNotes = false;
  children.forEach(({ tag, id, title }, at) => {
    if (tag === 'H1' || tag === 'H2') {
      isNotes = id === 'for-the-instructor';
      if (!isNotes) slides.push({ title, children: [] });
    }
    if (slides.length && !isNotes) slides.at(-1).children.push(at);
  });
  return slides;
}

const keys = {
  ArrowRight: (at) => at + 1,
  PageDown: (at) => at + 1,
  ' ': (at, _, isBack) => at + (isBack ? -1 : 1),
  ArrowLeft: (at) => at - 1,
  PageUp: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The slide that `key`, with Shift or without, leads to from `at`, or undefined if the key is for something else. */
export function slideAfter(key, at, count, hasShift) {
  const to = keys[key]?.(at, count, hasShift);
  return to === undefined ? undefined : Math.min(Math.max(to, 0), count - 1);
}

/** How the time stands against the plan: seconds since the start, and minutes planned to talk. */
export function clock(seconds, planned) {
  const shown = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  const over = seconds - planned * 60;
  return over > 0
    ? `${shown} of ${planned} minutes: over by ${Math.ceil(over / 60)}`
    : `${shown} of ${planned} minutes`;
}
