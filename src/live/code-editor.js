// The code editor that mdBook ships. It is large: loaded only where somebody works on an exercise.

import { kindOf } from './problems.js';

const themes = { light: 'ace/theme/dawn', dark: 'ace/theme/tomorrow_night' };

/** Their windows and lists are files of the editor that mdBook does not ship. What the browser does on these keys stays. */
const withoutFiles = [
  'showSettingsMenu', 'find', 'replace', 'gotoline', 'openCommandPallete', 'modeSelect', 'goToNextError', 'goToPreviousError',
];

const isDark = () => ['ayu', 'coal', 'navy'].some((theme) => document.documentElement.classList.contains(theme));

function loadScript(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      reject(new Error(`${url.split('/').pop()} did not come`));
    };
    document.head.append(script);
  });
}

/** Loads the editor's files from `folder`. */
async function load(folder) {
  if (!window.ace) await loadScript(`${folder}ace.js`);
  await Promise.all(['mode-rust.js', 'theme-dawn.js', 'theme-tomorrow_night.js'].map((file) => loadScript(folder + file)));
}

/** The place on the screen where nothing covers the page: below the menu, above what sticks to the bottom. */
function freeSpace() {
  const menu = document.getElementById('mdbook-menu-bar').getBoundingClientRect();
  const strip = document.querySelector('.strip')?.getBoundingClientRect();
  const isAtTheBottom = strip?.height && strip.bottom > innerHeight - 2;
  return { top: Math.max(menu.bottom, 0), bottom: isAtTheBottom ? strip.top : innerHeight };
}

/**
 * Makes `place` an editor of Rust code, as high as the place.
 *
 * Tab indents. Escape calls `onLeave`, so that the keyboard is never caught; Ctrl-S or Ctrl-Enter, with Command on a Mac,
 * calls `onSave`. The wheel scrolls the code only while somebody works in it, and else the page.
 */
export async function codeEditor(place, { folder, label, onChange, onSave, onLeave }) {
  await load(folder);
  const { Range } = window.ace.require('ace/range');
  const editor = window.ace.edit(place, {
    mode: 'ace/mode/rust',
    theme: isDark() ? themes.dark : themes.light,
    fontSize: '0.8125em',
    showPrintMargin: false,
    useWorker: false,
    wrap: true,
    indentedSoftWrap: false,
    scrollPastEnd: 0.2,
  });
  const { session, renderer } = editor;
  const input = editor.textInput.getElement();
  input.setAttribute('aria-label', `${label}. Tab indents, Escape leaves the editor, Control S saves and checks, Alt L unfolds.`);
  for (const name of withoutFiles) editor.commands.removeCommand(name);
  editor.commands.addCommand({ name: 'save', bindKey: { win: 'Ctrl-S|Ctrl-Enter', mac: 'Command-S|Command-Enter' }, exec: onSave });
  editor.commands.addCommand({ name: 'leave', bindKey: 'Escape', exec: onLeave });
  session.on('change', onChange);
  new MutationObserver(() => editor.setTheme(isDark() ? themes.dark : themes.light))
    .observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  // It measures its place only when it is told to: a window, a note or a slide may have changed it.
  new ResizeObserver(() => {
    editor.resize();
    if (editor.isFocused()) renderer.scrollCursorIntoView();
  }).observe(place);
  for (const kind of ['wheel', 'mousewheel', 'touchmove']) {
    place.parentElement.addEventListener(kind, (event) => {
      if (place.contains(event.target) && !editor.isFocused()) event.stopPropagation();
    }, { capture: true, passive: true });
  }

  /** Scrolls the page until the caret's line can be seen. */
  function showCaret() {
    const caret = place.querySelector('.ace_cursor').getBoundingClientRect();
    const { top, bottom } = freeSpace();
    const margin = caret.height;
    if (caret.top - margin < top) scrollBy({ top: caret.top - margin - top, behavior: 'instant' });
    else if (caret.bottom + margin > bottom) scrollBy({ top: caret.bottom + margin - bottom, behavior: 'instant' });
  }
  let hasMoved = false;
  editor.selection.on('changeCursor', () => { hasMoved = true; });
  renderer.on('afterRender', () => {
    // A mouse has put the caret where it can be seen already.
    if (hasMoved && editor.isFocused() && !editor.$mouseHandler.isMousePressed) showCaret();
    hasMoved = false;
  });

  let marked = [];
  function showProblems(problems) {
    marked.forEach((marker) => session.removeMarker(marker));
    session.setAnnotations(problems.map(({ row, column, level, text }) => ({ row, column, text, type: level })));
    marked = problems.map(({ row, column, endRow, endColumn, level }) => {
      const range = new Range(row, column, endRow, endColumn);
      // It moves with the text around it.
      range.start = session.doc.createAnchor(range.start);
      range.end = session.doc.createAnchor(range.end);
      return session.addMarker(range, `problem ${kindOf(level)}`, 'text');
    });
  }

  return {
    text: () => editor.getValue(),
    lines: () => session.doc.getAllLines(),
    setText: (text) => {
      const { row, column } = editor.getCursorPosition();
      editor.setValue(text, -1);
      editor.moveCursorTo(row, column);
      // The text before the first one is nothing to go back to.
      if (!session.getUndoManager().$hasText) session.getUndoManager().reset();
      session.getUndoManager().$hasText = true;
    },
    /** `lineOf` tells what is written beside each row. */
    setNumbers: (lineOf) => {
      session.gutterRenderer = {
        getText: (_, row) => lineOf(row),
        getWidth: (_, __, config) => String(lineOf(session.getLength())).length * config.characterWidth,
      };
      renderer.updateFull();
    },
    /** Folds rows, each stretch with a label in its place. */
    fold: (stretches) => {
      session.unfold();
      for (const { first, last, label: words } of stretches) {
        session.addFold(words, new Range(first, 0, last, session.getLine(last).length));
      }
    },
    unfold: () => session.unfold(),
    hasFolds: () => session.getAllFolds().length > 0,
    onFold: (call) => session.on('changeFold', call),
    /** Shows `row` at the top, and puts the caret there. */
    openAt: (row) => {
      editor.gotoLine(row + 1, 0, false);
      editor.scrollToLine(Math.max(row - 1, 0), false, false);
    },
    goTo: (row, column = 0) => {
      editor.focus();
      editor.gotoLine(row + 1, column, false);
      hasMoved = true;
      renderer.updateFull();
    },
    showProblems,
    focus: () => editor.focus(),
  };
}
