// What mdBook's own page lacks for the keyboard and for screen readers.
'use strict';

(() => {
  // What opens the table of contents is a label: it has no role, and the keyboard does not reach it.
  const label = document.getElementById('mdbook-sidebar-toggle');
  const box = document.getElementById('mdbook-sidebar-toggle-anchor');
  const button = document.createElement('button');
  for (const { name, value } of label.attributes) {
    if (name !== 'for') button.setAttribute(name, value);
  }
  button.type = 'button';
  button.append(...label.childNodes);
  button.addEventListener('click', () => box.click());
  box.addEventListener('change', () => button.setAttribute('aria-expanded', box.checked));
  label.replaceWith(button);

  // A landmark for the menu: everything else on the page is in one.
  document.getElementById('mdbook-menu-bar').setAttribute('role', 'banner');

  /** Code or a table that is wider than the page scrolls, and so it must take the focus. */
  function letTheKeyboardScroll() {
    for (const code of document.querySelectorAll('pre > code, .table-wrapper')) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
      else code.removeAttribute('tabindex');
    }
  }

  letTheKeyboardScroll();
  window.addEventListener('resize', letTheKeyboardScroll);
  // What is folded has no width until it is unfolded.
  document.addEventListener('toggle', letTheKeyboardScroll, true);
})();
