// What was typed and not saved, kept in this browser: it outlives a reload, a tab that was closed and a server that has
// stopped. Each page keeps its own, for two of them may differ.

import { forget, keep, keysOf, load } from './storage.js';

/** So many of other pages are kept for each chapter. */
const most = 8;

const id = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;

/** The drafts of a chapter. A draft is `{ was, text, at }`: the file's text under it, its own, and when it was typed. */
export function draftsOf(chapter) {
  const prefix = `workbook-draft-${chapter}`;
  const own = `${prefix}-${id()}`;
  return {
    /** Keeps this page's. Returns whether the browser does. */
    keep: (draft) => keep(own, { ...draft, at: Date.now() }),
    /** This page has nothing that is not saved. */
    clear: () => forget(own),
    /** Calls `again` when another page took this one's draft over and removed it. */
    onTaken: (again) => addEventListener('storage', ({ key, newValue }) => { if (key === own && newValue === null) again(); }),
    /** Keeps a text that its reader has put aside for another: it is only shown when asked for. */
    putAside: (draft) => keep(`${prefix}-${id()}`, { ...draft, at: Date.now(), isAside: true }),
    forget,
    /** Those of other pages, the last one first. What `saved`, the file's text, holds is no draft any more. */
    others(saved) {
      const seen = new Set([saved]);
      const found = keysOf(prefix).filter((key) => key !== own).map((key) => ({ key, ...load(key, {}) }));
      found.sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
      return found.filter(({ key, text }) => {
        const isNew = typeof text === 'string' && !seen.has(text) && seen.size <= most;
        seen.add(text);
        if (!isNew) forget(key);
        return isNew;
      });
    },
  };
}
