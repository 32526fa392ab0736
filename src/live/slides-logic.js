// What a page shows as slides: its parts, in pieces that a room takes in. No DOM here.

/** Words that may stand below a block without a slide of their own. */
const SHORT = 320;

/**
 * Groups the children of a page. Each is told by its tag, its id, its text's `length`, and whether it `isBlock`: a code, a figure, a
 * question, a card. A slide has one block at most, with the words before it, and each slide of a part has the part's heading. The
 * instructor's notes are no slide.
 */
export function slidesOf(children) {
  const slides = [];
  let part = [];
  const end = () => {
    const [before, last] = part.slice(-2);
    const isRest = last && before.hasBlock && !last.hasBlock && last.length <= SHORT;
    if (isRest) before.children.push(...part.pop().children.slice(1));
    slides.push(...part.map(({ title, children: those }) => ({ title, children: those })));
    part = [];
  };
  let isNotes = false;
  children.forEach(({ tag, id, title, isBlock, length = 0 }, at) => {
    if (tag === 'H1' || tag === 'H2') {
      end();
      isNotes = id === 'for-the-instructor';
      if (!isNotes) part.push({ title, children: [at], length: 0 });
      return;
    }
    if (isNotes || !part.length) return;
    let slide = part.at(-1);
    if (slide.hasBlock) {
      slide = { title: slide.title, children: [slide.children[0]], length: 0 };
      part.push(slide);
    }
    slide.children.push(at);
    slide.length += length;
    slide.hasBlock = isBlock;
  });
  end();
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
