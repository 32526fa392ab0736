// Where a reader works on an exercise in the page: the file's own text, what becomes of it, and a way back.

import { codeEditor } from './code-editor.js';
import { announce, button, element, region } from './element.js';
import { numbering, withMarks, withoutMarks } from './marks.js';
import { ranges } from './problems.js';
import { folds, opensAt } from './sections.js';

/** What was typed and not yet saved: it outlives a reload and a server that has stopped. */
const drafts = {
  key: (chapter) => `workbook-draft-${chapter}`,
  load: (chapter) => JSON.parse(localStorage.getItem(drafts.key(chapter)) ?? 'null'),
  keep: (chapter, draft) => localStorage.setItem(drafts.key(chapter), JSON.stringify(draft)),
  forget: (chapter) => localStorage.removeItem(drafts.key(chapter)),
};

/**
 * Makes `desk` the place to work on `file`, the exercise of `chapter`. `server` asks the workbook's server, and `worked` is called when something
 * was done. Returns what the page's news are told to.
 */
export async function openDesk(desk, chapter, { file, root, server, worked }) {
  const path = `exercise/${chapter}`;
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
  frame.append(place, difference);
  const conflict = element('div', 'conflict');
  conflict.hidden = true;
  const note = element('p', 'note');
  note.hidden = true;
  const saveButton = button('Save and check', () => save());
  saveButton.title = 'Control S or Control Enter';
  const resetButton = button('Reset', () => askToReset());
  const fixButton = button('Show one right fix', () => askForTheFix());
  const tools = element('p', 'tools');
  tools.append(saveButton, ' ', resetButton, ' ', fixButton);
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
    editor.fold(folds(text(), exercise));
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
    state.textContent = mine === was ? '' : 'not saved';
    if (mine !== was) {
      drafts.keep(chapter, { was, text: mine });
      worked();
    } else {
      drafts.forget(chapter);
    }
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
      const mine = text();
      show(theirs);
      const undo = button('Bring my text back', () => {
        setText(mine);
        tell('');
      });
      tell('The editor shows the file. ');
      note.append(undo);
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
      await attempt(() => server.send('POST', `${path}/check`));
      return;
    }
    await attempt(async () => {
      const answer = await server.send('PUT', path, { was, text: mine });
      if (answer.status === 409) {
        ask((await answer.json()).text);
      } else {
        was = mine;
        conflict.hidden = true;
        changed();
        tell('');
      }
    });
  }

  async function attempt(work) {
    try {
      await work();
    } catch (error) {
      tell(`${error.message} Your text is kept in this browser.`);
    }
  }

  function askToReset() {
    const yes = button('Bring the shipped text back', () => attempt(async () => {
      // What is only in the editor is part of what is kept.
      if (isDirty()) {
        const answer = await server.send('PUT', path, { was, text: text() });
        if (answer.status === 409) {
          ask((await answer.json()).text);
          return;
        }
      }
      const { text: shipped, kept } = await (await server.send('POST', `${path}/reset`)).json();
      show(shipped);
      tell(kept ? `The shipped text is back. Yours is kept as ${kept}.` : 'This is the shipped text.', resetButton);
    }));
    const no = button('Leave it', () => tell('', resetButton));
    tell('A copy of your text will be kept beside it. ');
    note.append(yes, ' ', no);
    yes.focus();
  }

  function askForTheFix() {
    if (!difference.hidden) {
      hideTheFix();
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
      difference.hidden = false;
      place.inert = true;
      fixButton.textContent = 'Hide the fix';
      desk.scrollIntoView({ block: 'nearest' });
      difference.focus({ preventScroll: true });
    });
  }

  function hideTheFix() {
    difference.hidden = true;
    place.inert = false;
    fixButton.textContent = 'Show one right fix';
  }

  function showProblems() {
    editor.showProblems(ranges(problems, file, numbering(text(), editor.text()).row, editor.lines()));
  }

  const draft = drafts.load(chapter);
  if (draft && draft.was !== was && draft.text !== was) {
    const theirs = was;
    was = draft.was;
    setText(draft.text);
    ask(theirs);
  } else {
    setText(draft?.text ?? was);
  }
  changed();
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
        show(theirs);
        tell('Changed in another editor, and shown here.');
      }
    }),
    verdict: (news) => {
      passes = news.passes;
      problems = news.verdict.problems ?? [];
      showProblems();
    },
    isDirty,
    save,
    showTheFix,
    /** Shows a line of the file, counted from 1. */
    goTo: (line, column) => {
      hideTheFix();
      editor.goTo(numbering(text(), editor.text()).row(line), column ? column - 1 : 0);
    },
  };
}
