// Where a reader works on an exercise in the page: the file's own text, what becomes of it, and a way back.

import { codeEditor } from './code-editor.js';
import { draftsOf } from './drafts.js';
import { listEarlier } from './earlier.js';
import { announce, button, element, region } from './element.js';
import { numbering, withMarks, withoutMarks } from './marks.js';
import { ranges } from './problems.js';
import { folds, opensAt } from './sections.js';
import { keep, load } from './storage.js';

const noDraft = 'no draft is kept: this browser has no room for it or does not allow it';

/** Whether the reader was told that earlier texts are kept. */
let isTold = load('workbook-history-told', false);

/** Asks whoever leaves the page. */
const askLeaver = (event) => event.preventDefault();

/**
 * Makes `desk` the place to work on `file`, the exercise of `chapter`. `server` asks the workbook's server; `worked` is called when something
 * was done, and `asked` when the server was asked for a check. Returns what the page's news are told to.
 */
export async function openDesk(desk, chapter, { file, root, server, worked, asked }) {
  const path = `exercise/${chapter}`;
  const drafts = draftsOf(chapter);
  /** Whether this browser keeps what is typed. */
  let isKept = true;
  const exercise = await server.get(path);
  /** The text of the file as this page last saw it. */
  let was = exercise.text;
  let passes = false;
  let problems = [];

  desk.setAttribute('aria-label', 'Your answer');
  // mdBook's own keys turn pages and open the search.
  desk.addEventListener('keydown', (event) => event.stopPropagation());
  const state = element('span', 'state');
  const head = element('p', 'desk-head');
  const foldButton = button('Unfold all', () => (editor.hasFolds() ? editor.unfold() : foldFinished()));
  head.append(element('code', '', file), state, foldButton);
  const frame = element('div', 'frame');
  const place = element('div', 'code-editor unfilled');
  const difference = region('difference', 'how one right fix differs from your text');
  difference.hidden = true;
  const earlier = element('div', 'earlier');
  earlier.tabIndex = 0;
  earlier.setAttribute('role', 'region');
  earlier.setAttribute('aria-label', 'Earlier texts');
  earlier.hidden = true;
  frame.append(place, difference, earlier);
  const conflict = element('div', 'conflict');
  conflict.hidden = true;
  const note = element('p', 'note');
  note.hidden = true;
  const saveButton = button('Save and check', () => save());
  saveButton.title = 'Control S or Control Enter';
  const resetButton = button('Reset', () => askToReset());
  const fixButton = button('Show one right fix', () => askForTheFix());
  const historyButton = button('History', () => (earlier.hidden ? showEarlier() : hideOverlays()));
  const tools = element('p', 'tools');
  const keys = element('span', 'keys', 'Tab indents, Esc leaves the editor');
  // A screen reader has it with the editor's name.
  keys.setAttribute('aria-hidden', 'true');
  tools.append(saveButton, ' ', resetButton, ' ', fixButton, ' ', historyButton, ' ', keys);
  desk.replaceChildren(head, frame, conflict, note, tools);

  const editor = await codeEditor(place, {
    folder: `${root}workbook/editor/`,
    label: `Your answer, ${file}`,
    onChange: () => changed(),
    onSave: () => save(),
    onLeave: () => saveButton.focus(),
  });
  editor.onFold(() => { foldButton.textContent = editor.hasFolds() ? 'Unfold all' : 'Fold what is finished'; });

  /** The text as the file is to hold it: the marks that the editor does not show stand in it again. */
  const text = () => withMarks(editor.text(), was);
  const isDirty = () => text() !== was;

  function foldFinished() {
    const mine = text();
    // Rows are counted without marks, and marks that were pasted are seen.
    const { line } = numbering(mine, withoutMarks(mine));
    const { row } = numbering(mine, editor.text());
    editor.fold(folds(mine, exercise).map((stretch) => ({ ...stretch, first: row(line(stretch.first)), last: row(line(stretch.last)) })));
  }

  /** Shows a text of the file, without its marks and with the file's own line numbers. */
  function setText(next) {
    editor.setText(withoutMarks(next));
    foldFinished();
  }

  /** `asker` is the button that the note has answered: it gets the focus that would be lost with the note's own buttons. */
  function tell(words, asker) {
    if (note.contains(document.activeElement)) asker?.focus();
    note.textContent = words;
    note.hidden = !words;
    if (words) announce(words);
  }

  function changed() {
    const mine = text();
    editor.setNumbers(numbering(mine, editor.text()).line);
    if (mine === was) {
      drafts.clear();
      state.textContent = '';
      removeEventListener('beforeunload', askLeaver);
      return;
    }
    worked();
    addEventListener('beforeunload', askLeaver);
    const wasKept = isKept;
    isKept = drafts.keep({ was, text: mine });
    state.textContent = isKept ? 'not saved' : `not saved, and ${noDraft}`;
    if (wasKept && !isKept) announce(`Not saved, and ${noDraft}.`);
  }
  drafts.onTaken(() => { if (isDirty()) changed(); });

  /** Puts another text into the editor, unsaved. What stands there can be brought back. */
  function replaceText(next, words) {
    const mine = text();
    if (isDirty()) drafts.putAside({ was, text: mine });
    setText(next);
    changed();
    const undo = button('Bring my text back', () => {
      setText(mine);
      tell('');
    });
    tell(`${words} `);
    note.append(undo);
  }

  function show(next) {
    const isNew = text() !== next;
    was = next;
    if (isNew) setText(next);
    conflict.hidden = true;
    changed();
  }

  /** Two texts, and neither may be lost: the reader says which one goes on. */
  function ask(theirs) {
    const keepMine = button('Go on with this text', () => {
      was = theirs;
      conflict.hidden = true;
      changed();
      tell('Save and check writes your text over the other one.');
    });
    const takeTheirs = button('Take the text of the file', () => {
      conflict.hidden = true;
      was = theirs;
      replaceText(theirs, 'The editor shows the file.');
    });
    conflict.replaceChildren(
      element('p', '', `${file} was changed elsewhere, and this text is not saved.`),
      keepMine, ' ', takeTheirs);
    conflict.hidden = false;
    announce(`${file} was changed elsewhere, and this text is not saved. Choose which one goes on.`);
  }

  async function save() {
    const mine = text();
    desk.scrollIntoView({ block: 'nearest' });
    if (mine === was) {
      // Saved already: the check is what was asked for.
      await attempt(async () => {
        await server.send('POST', `${path}/check`);
        tell('');
        asked();
      });
      return;
    }
    await attempt(async () => {
      if (!await write(mine)) return;
      was = mine;
      conflict.hidden = true;
      changed();
      tell(isTold ? '' : 'Saved. The last 20 different texts are kept: History lists them.');
      isTold = true;
      keep('workbook-history-told', true);
      asked();
    });
  }

  /** Writes `mine` into the file. False where another text stands there: then the reader was asked. */
  async function write(mine) {
    const answer = await server.send('PUT', path, { was, text: mine });
    if (answer.status !== 409) return true;
    const { text: theirs } = await answer.json();
    // The answer to a first try may have been lost.
    if (theirs === mine) return true;
    ask(theirs);
    return false;
  }

  async function attempt(work) {
    try {
      await work();
    } catch (error) {
      tell(`${error.message} ${isKept ? 'Your text is kept in this browser.' : 'Copy your text: this browser keeps no draft.'}`);
    }
  }

  function askToReset() {
    const yes = button('Bring the shipped text back', () => attempt(async () => {
      // What is only in the editor is part of what is kept.
      if (isDirty() && !await write(text())) return;
      const { text: shipped, kept } = await (await server.send('POST', `${path}/reset`)).json();
      show(shipped);
      tell(kept ? `The shipped text is back. Yours is kept as ${kept}.` : 'This is the shipped text already: nothing was changed.', resetButton);
    }));
    const no = button('Leave it', () => tell('', resetButton));
    tell('A copy of your text will be kept beside it. ');
    note.append(yes, ' ', no);
    yes.focus();
  }

  function askForTheFix() {
    if (!difference.hidden) {
      hideOverlays();
      return;
    }
    if (passes) {
      showTheFix();
      return;
    }
    const yes = button('Show it now', () => { tell('', fixButton); showTheFix(); });
    const no = button('Not yet', () => tell('', fixButton));
    tell('Not all checks pass yet, and there are hints under the verdict. ');
    note.append(yes, ' ', no);
    yes.focus();
  }

  const kinds = { '+': 'added', '-': 'removed', '@': 'place' };
  /** It takes the editor's place, so that code and verdict stay where they are. */
  function showTheFix() {
    return attempt(async () => {
      const { difference: lines } = await server.get(`${path}/fix`);
      difference.replaceChildren(...lines.split('\n').map((line) => element('span', kinds[line[0]] ?? '', `${line}\n`)));
      cover(difference);
      fixButton.textContent = 'Hide the fix';
    });
  }

  function showEarlier() {
    return attempt(async () => {
      await listEarlier(earlier, {
        server,
        path,
        drafts: drafts.others(was),
        take: (words, load) => attempt(async () => {
          const next = await load();
          hideOverlays();
          replaceText(next, `${words}, is in the editor. It is not saved.`);
          editor.focus();
        }),
      });
      cover(earlier);
      historyButton.textContent = 'Hide the history';
    });
  }

  function cover(overlay) {
    hideOverlays();
    overlay.hidden = false;
    place.inert = true;
    desk.scrollIntoView({ block: 'nearest' });
    overlay.focus({ preventScroll: true });
  }

  function hideOverlays() {
    for (const overlay of [difference, earlier]) overlay.hidden = true;
    place.inert = false;
    fixButton.textContent = 'Show one right fix';
    historyButton.textContent = 'History';
  }

  function showProblems() {
    editor.showProblems(ranges(problems, file, numbering(text(), editor.text()).row, editor.lines()));
  }

  const others = drafts.others(was).filter(({ isAside }) => !isAside);
  const draft = others.shift();
  const theirs = was;
  if (draft) was = draft.was;
  setText(draft?.text ?? was);
  changed();
  // It is this page's now.
  if (draft && isKept) drafts.forget(draft.key);
  if (draft && draft.was !== theirs) ask(theirs);
  if (others.length) tell(`This browser keeps ${others.length === 1 ? 'another text' : `${others.length} other texts`} of this chapter that was typed in another tab and not saved: History lists it.`);
  editor.openAt(opensAt(text(), exercise.repairs));
  // It draws in the next frame: before, its lines would be seen to move.
  requestAnimationFrame(() => requestAnimationFrame(() => place.classList.remove('unfilled')));

  return {
    /** The file was written, perhaps by another editor. */
    edited: () => attempt(async () => {
      const { text: theirs } = await server.get(path);
      if (theirs === was) return;
      worked();
      if (isDirty() && text() !== theirs) {
        ask(theirs);
      } else {
        // What this page has saved comes back as news, perhaps before the answer.
        const isOwn = text() === theirs;
        show(theirs);
        if (!isOwn) tell('Changed in another editor, and shown here.');
      }
    }),
    verdict: (news) => {
      passes = news.passes;
      problems = news.verdict.problems ?? [];
      showProblems();
    },
    isDirty,
    waits: tell,
    save,
    showTheFix,
    /** Shows a line of the file, counted from 1. */
    goTo: (line, column) => {
      hideOverlays();
      editor.goTo(numbering(text(), editor.text()).row(line), column ? column - 1 : 0);
    },
  };
}
