// The code editor that mdBook ships. It is large: loaded only where somebody works on an exercise.

const themes = { light: 'ace/theme/dawn', dark: 'ace/theme/tomorrow_night' };

const isDark = () => ['ayu', 'coal', 'navy'].some((theme) => document.documentElement.classList.contains(theme));

function loadScript(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`cannot load ${url}`));
    document.head.append(script);
  });
}

let loaded;

/** Loads the editor's files from `folder`, once for all editors of a page. */
function load(folder) {
  loaded ??= loadScript(`${folder}ace.js`).then(() =>
    Promise.all(['mode-rust.js', 'theme-dawn.js', 'theme-tomorrow_night.js'].map((file) => loadScript(folder + file))));
  return loaded;
}

/**
 * Makes `place` an editor of Rust code.
 *
 * Tab indents. Escape calls `onLeave`, so that the keyboard is never caught; Ctrl-S or Command-S calls `onSave`.
 */
export async function codeEditor(place, { folder, label, onChange, onSave, onLeave }) {
  await load(folder);
  const editor = window.ace.edit(place, {
    mode: 'ace/mode/rust',
    theme: isDark() ? themes.dark : themes.light,
    minLines: 12,
    maxLines: 45,
    fontSize: '0.875em',
    showPrintMargin: false,
    useWorker: false,
    wrap: true,
    indentedSoftWrap: false,
  });
  const input = editor.textInput.getElement();
  input.setAttribute('aria-label', `${label}. Tab indents, Escape leaves the editor, Control S saves and checks.`);
  editor.commands.addCommand({ name: 'save', bindKey: { win: 'Ctrl-S', mac: 'Command-S' }, exec: onSave });
  editor.commands.addCommand({ name: 'leave', bindKey: 'Escape', exec: onLeave });
  editor.session.on('change', onChange);
  new MutationObserver(() => editor.setTheme(isDark() ? themes.dark : themes.light))
    .observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return {
    text: () => editor.getValue(),
    setText: (text) => {
      const { row, column } = editor.getCursorPosition();
      editor.setValue(text, -1);
      editor.moveCursorTo(row, column);
    },
    goTo: (line) => {
      editor.gotoLine(line, 0, false);
      editor.focus();
    },
  };
}
