// Where a reader works on an exercise in the page: the file's own text, what becomes of it, and a way back.

import { codeEditor } from './code-editor.js';
import { announce, button, element, region } from './element.js';

/** What was typed and not yet saved: it outlives a reload and a server that has stopped. */
const drafts = {
  key: (chapter) => `workbook-draft-${chapter}`,
  load: (chapter) => JSON.parse(localStorage.getItem(drafts.key(chapter)) ?? 'null'),
  keep: (chapter, draft) => localStorage.setItem(drafts.key(chapter), JSON.stringify(draft)),
  forget: (chapter) => localStorage.removeItem(drafts.key(chapter)),
};

/**
 * Puts a desk before the check panel of `chapter`. `server` asks the workbook's server. Returns what the page's news
 * are told to.
 */
export async function openDesk(panel, chapter, { root, server }) {
  const file = `exercises/${chapter}/src/lib.rs`;
  const path = `exercise/${chapter}`;
  /** The text of the file as this page last saw it. */
  let was = (await server.get(path)).text;
  let passes = false;

  const desk = element('section', 'desk');
  desk.setAttribute('aria-label', 'Your answer');
  // mdBook's own keys turn pages and open the search.
  desk.addEventListener('keydown', (event) => event.stopPropagation());
  const state = element('span', 'state');
  const head = element('p', 'desk-head');
  head.append(element('code', '', file), ' ', state);
  const place = element('div', 'code-editor');
  const conflict = element('div', 'conflict');
  conflict.hidden = true;
  const note = element('p', 'note');
  note.hidden = true;
  const difference = region('difference', 'how one right fix differs from your text');
  difference.hidden = true;
  const saveButton = button('Save and check', () => save());
  const resetButton = button('Reset', () => askToReset());
  const fixButton = button('Show one right fix', () => askForTheFix());
  const tools = element('p', 'tools');
  tools.append(saveButton, ' ', resetButton, ' ', fixButton);
  desk.append(head, place, conflict, tools, note, difference);
  panel.before(desk);

  const editor = await codeEditor(place, {
    folder: `${root}workbook/editor/`,
    label: `Your answer, ${file}`,
    onChange: () => changed(),
    onSave: () => save(),
    onLeave: () => saveButton.focus(),
  });

  const isDirty = () => editor.text() !== was;

  function tell(text) {
    note.textContent = text;
    note.hidden = !text;
    if (text) announce(text);
  }

  function changed() {
    state.textContent = isDirty() ? 'not saved' : '';
    if (isDirty()) drafts.keep(chapter, { was, text: editor.text() });
    else drafts.forget(chapter);
  }

  function show(text) {
    was = text;
    if (editor.text() !== text) editor.setText(text);
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
      const mine = editor.text();
      show(theirs);
      const undo = button('Bring my text back', () => {
        editor.setText(mine);
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
    const text = editor.text();
    if (!isDirty()) {
      // Saved already: the check is what was asked for.
      await attempt(() => server.send('POST', `${path}/check`));
      return;
    }
    await attempt(async () => {
      const answer = await server.send('PUT', path, { was, text });
      if (answer.status === 409) {
        ask((await answer.json()).text);
      } else {
        was = text;
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
        const answer = await server.send('PUT', path, { was, text: editor.text() });
        if (answer.status === 409) {
          ask((await answer.json()).text);
          return;
        }
      }
      const { text, kept } = await (await server.send('POST', `${path}/reset`)).json();
      show(text);
      tell(kept ? `The shipped text is back. Yours is kept as ${kept}.` : 'This is the shipped text.');
    }));
    const no = button('Leave it', () => tell(''));
    tell('A copy of your text will be kept beside it. ');
    note.append(yes, ' ', no);
    yes.focus();
  }

  function askForTheFix() {
    if (!difference.hidden) {
      difference.hidden = true;
      fixButton.textContent = 'Show one right fix';
      return;
    }
    if (passes) {
      showTheFix();
      return;
    }
    const yes = button('Show it now', () => { tell(''); showTheFix(); });
    const no = button('Not yet', () => tell(''));
    tell('Not all checks pass yet, and there are hints above. ');
    note.append(yes, ' ', no);
    yes.focus();
  }

  const kinds = { '+': 'added', '-': 'removed', '@': 'place' };
  function showTheFix() {
    return attempt(async () => {
      const { difference: text } = await server.get(`${path}/fix`);
      difference.replaceChildren(...text.split('\n').map((line) => element('span', kinds[line[0]] ?? '', `${line}\n`)));
      difference.hidden = false;
      fixButton.textContent = 'Hide the fix';
      difference.focus();
    });
  }

  const draft = drafts.load(chapter);
  editor.setText(draft?.text ?? was);
  if (draft && draft.was !== was && draft.text !== was) {
    const theirs = was;
    was = draft.was;
    ask(theirs);
  }
  changed();

  return {
    /** The file was written, perhaps by another editor. */
    edited: () => attempt(async () => {
      const { text } = await server.get(path);
      if (text === was) return;
      if (isDirty() && editor.text() !== text) {
        ask(text);
      } else {
        show(text);
        tell('Changed in another editor, and shown here.');
      }
    }),
    verdict: (allPass) => { passes = allPass; },
    isDirty,
    goTo: (line) => {
      desk.scrollIntoView({ block: 'nearest' });
      editor.goTo(line);
    },
  };
}
