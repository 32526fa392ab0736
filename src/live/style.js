// Styles that most readers never need, loaded when they are.

import { element } from './element.js';

/** Ends when the styles at `path` are there: what they style would jump. A second call loads nothing. */
export function style(path) {
  const { href } = new URL(path, document.baseURI);
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  const link = element('link');
  link.rel = 'stylesheet';
  link.href = href;
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
}
