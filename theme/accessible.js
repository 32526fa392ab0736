// What mdBook's own page lacks for the keyboard and for screen readers.
'use strict';

(() => {
  // What opens the table of contents is a label: it has no role, and the keyboard does not reach it. It stays, hidden, for
  // mdBook listens to it; a button in its place presses it.
  const label = document.getElementById('mdbook-sidebar-toggle');
  const box = document.getElementById('mdbook-sidebar-toggle-anchor');
  const contents = document.getElementById('mdbook-sidebar');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = label.className;
  button.title = label.title;
  button.setAttribute('aria-label', label.getAttribute('aria-label'));
  button.setAttribute('aria-controls', contents.id);
  button.setAttribute('aria-expanded', box.checked);
  button.append(...label.childNodes);
  label.hidden = true;
  label.before(button);
  button.addEventListener('click', (event) => {
    label.click();
    // From the keyboard the way leads on into the contents: they stand before the button.
    const isByKeyboard = event.detail === 0;
    if (box.checked && isByKeyboard) (contents.querySelector('a.active') ?? contents.querySelector('a'))?.focus();
  });
  box.addEventListener('change', () => button.setAttribute('aria-expanded', box.checked));

  // On a phone the contents push the page aside, and are in the way once they have led on. A tap beside them only closes them.
  const pushAside = () => box.checked && matchMedia('(max-width: 619px)').matches;
  contents.addEventListener('click', (event) => {
    if (pushAside() && event.target.closest('a')) label.click();
  });
  document.querySelector('.page-wrapper').addEventListener('click', (event) => {
    if (!pushAside() || event.target.closest('.left-buttons')) return;
    event.preventDefault();
    event.stopPropagation();
    label.click();
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !(pushAside() || (box.checked && contents.contains(event.target)))) return;
    label.click();
    button.focus();
  });

  // mdBook has put the parts of this page into the contents by then: it asked earlier.
  document.addEventListener('DOMContentLoaded', () => document.documentElement.classList.add('contents-stand'));

  // The way past the contents, which have some thirty links.
  const main = document.querySelector('main');
  const skip = document.createElement('a');
  skip.className = 'skip';
  skip.href = '#mdbook-content';
  skip.textContent = 'Skip the contents';
  skip.addEventListener('click', (event) => {
    event.preventDefault();
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
    main.addEventListener('blur', () => main.removeAttribute('tabindex'), { once: true });
  });
  document.body.prepend(skip);

  // mdBook searches when a key goes up: a text that the mouse or a finger has pasted is to be searched for too.
  const searchbar = document.getElementById('mdbook-searchbar');
  searchbar?.addEventListener('input', () => searchbar.dispatchEvent(new Event('keyup')));

  // A landmark for the menu: everything else on the page is in one.
  document.getElementById('mdbook-menu-bar').setAttribute('role', 'banner');

  /** Code or a table that is wider than the page scrolls, and so it must take the focus. */
  function letTheKeyboardScroll() {
    for (const code of document.querySelectorAll('pre > code, .table-wrapper')) {
      if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
      else code.removeAttribute('tabindex');
    }
  }

  // To measure them all takes the browser a while, and the page is to be seen first.
  requestAnimationFrame(() => setTimeout(letTheKeyboardScroll));
  window.addEventListener('resize', letTheKeyboardScroll);
  // What is folded has no width until it is unfolded.
  document.addEventListener('toggle', letTheKeyboardScroll, true);
})();
