// A file of the reader's, audited in the page.

import { button, element, liveOutput, withCode } from '../live/element.js';
import { plural } from '../live/words.js';
import { auditor } from './audit-wasm.js';

const example = `use std::sync::Mutex;

pub struct Search {
    session: Mutex<ort::session::Session>,
    rows: Vec<(u64, f32)>,
}

impl Search {
    pub fn best(&mut self, limit: usize) -> &[(u64, f32)] {
        self.rows
            .sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap());
        &self.rows[..limit]
    }
}
`;

/** More of them make a page that no one reads to its end. */
const MOST = 50;

/** A text whose first line, after comments, is a table is a Cargo.toml. An attribute of Rust is no comment. */
const isManifest = (text) => text.split('\n').map((line) => line.trim())
  .find((line) => line && !/^#(?!!?\[)/.test(line))?.startsWith('[') ?? false;

// A text outlives a reload and a way to a chapter and back, in this tab alone. Where the browser keeps nothing, it does not.
const kept = {
  load() { try { return sessionStorage.getItem('audited text'); } catch { return null; } },
  keep(text) { try { sessionStorage.setItem('audited text', text); } catch { /* too large, or not allowed */ } },
};

export const isStyled = true;

function words(text, error, findings) {
  if (!text.trim()) return 'Paste some code.';
  const what = isManifest(text) ? 'Cargo.toml' : 'file of Rust';
  const hint = isManifest(text) ? '' : ' Paste whole items, such as a fn or an impl.';
  if (error) return `This is no ${what}: ${error}.${hint}`;
  return `${plural(findings.length, 'finding')}.${findings.length > MOST ? ` The first ${MOST} are below.` : ''}`;
}

/** One finding; its line leads back into the text. */
function findingItem({ id, confidence, page, line, end_line: last, label, finds, why }, lines, showLine) {
  const item = element('li', confidence);
  const head = element('p');
  const link = element('a', '', 'in the book');
  link.href = page;
  head.append(button(`Line ${line}`, () => showLine(line, last)), ' ', element('code', 'rule', id), ' ',
    element('span', 'confidence', confidence === 'likely' ? 'likely' : 'look here'));
  const code = element('pre');
  code.append(element('code', '', lines.slice(line - 1, last).join('\n').trim()));
  const says = element('p');
  says.append(...withCode(`${finds} Here: ${label}. ${why} `), link);
  item.append(head, code, says);
  return item;
}

export async function mount(place) {
  let audit;
  try {
    audit = await auditor();
  } catch {
    place.replaceChildren(element('p', '', 'The rules could not be loaded: reload the page to try again.'));
    return;
  }
  const text = element('textarea');
  Object.assign(text, { value: kept.load() ?? example, rows: 14, spellcheck: false, autocomplete: 'off' });
  text.setAttribute('autocapitalize', 'off');
  text.wrap = 'off';
  const label = element('label', 'text', 'Rust code, a whole file, or a Cargo.toml. It stays in this page.');
  label.append(text);

  const chosen = element('input');
  Object.assign(chosen, { type: 'file', accept: '.rs,.toml' });
  const choice = element('label', 'choice', 'Or choose a file ');
  choice.append(chosen);
  chosen.addEventListener('change', async () => {
    if (!chosen.files.length) return;
    text.value = await chosen.files[0].text();
    await show();
  });

  const said = liveOutput();
  const list = element('ol', 'findings');

  function showLine(first, last) {
    const lines = text.value.split('\n');
    const upTo = (count) => lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, 0);
    text.focus();
    text.setSelectionRange(upTo(first - 1), upTo(last) - 1);
    text.scrollTop = (first - 3) * (text.scrollHeight / lines.length);
  }

  let newest;
  async function show() {
    const shown = text.value;
    newest = shown;
    kept.keep(shown);
    const { error, findings = [], complaints = [] } = await audit(shown, isManifest(shown));
    // Another text was typed meanwhile.
    if (newest !== shown) return;
    const lines = shown.split('\n');
    said.textContent = words(shown, error, findings);
    said.className = error || findings.length ? 'goes-wrong' : 'holds';
    const items = findings.slice(0, MOST).map((finding) => findingItem(finding, lines, showLine));
    const told = complaints.map(({ line, text: what }) => {
      const item = element('li');
      item.append(button(`Line ${line}`, () => showLine(line, line)), ' ', ...withCode(what));
      return item;
    });
    list.replaceChildren(...told, ...items);
  }

  let wait;
  text.addEventListener('input', () => {
    chosen.value = '';
    clearTimeout(wait);
    wait = setTimeout(show, 250);
  });
  await show();
  place.replaceChildren(label, choice, said, list);
}
