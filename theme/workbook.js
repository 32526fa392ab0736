// What is live on a page stands in modules, beside the pages: see src/live/page.js.
'use strict';

// Over file:// a browser loads no module, and the page is what its Markdown says.
if (location.protocol.startsWith('http')) {
  import(new URL(`${path_to_root}live/page.js`, location.href));
  if (document.querySelector('.cover')) import(new URL(`${path_to_root}live/cover.js`, location.href));
} else {
  document.querySelectorAll('form.finder, .play:empty').forEach((part) => part.remove());
}
