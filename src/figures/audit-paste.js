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

export const isStyled = true;

/** One finding; its line leads back into the text. */
function findingItem({ id, confidence, page, line, label, finds, why }, source, showLine) {
  const item = element('li', confidence);
  const head = element('p');
  const link = element('a', '', 'what mends it');
  link.href = page;
  head.append(button(`Line ${line}`, () => showLine(line)), ' ', element('code', 'rule', id), ' ',
    element('span', 'confidence', confidence === 'likely' ? 'likely' : 'look here'));
  const code = element('pre');
  code.append(element('code', '', source));
  const says = element('p');
  says.append(...withCode(`${finds} Here: ${label}. ${why} `), link);
  item.append(head, code, says);
  return item;
}

export async function mount(place) {
  const audit = await auditor();
  const text = element('textarea');
  Object.assign(text, { value: example, rows: 14, spellcheck: false, autocomplete: 'off' });
  text.setAttribute('autocapitalize', 'off');
  text.wrap = 'off';
  const label = element('label', 'text', 'Rust code, a whole file. It stays in this page.');
  label.append(text);

  const chosen = element('input');
  Object.assign(chosen, { type: 'file', accept: '.rs' });
  const choice = element('label', 'choice', 'Or choose a file ');
  choice.append(chosen);
  chosen.addEventListener('change', async () => {
    if (!chosen.files.length) return;
    text.value = await chosen.files[0].text();
    show();
  });

  const said = liveOutput();
  const list = element('ol', 'findings');

  function showLine(line) {
    const before = text.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const end = text.value.indexOf('\n', before);
    text.focus();
    text.setSelectionRange(before, end < 0 ? text.value.length : end);
    text.scrollTop = (line - 3) * (text.scrollHeight / text.value.split('\n').length);
  }

  let newest;
  async function show() {
    const shown = text.value;
    newest = shown;
    const { error, findings = [] } = await audit(shown);
    // Another text was typed meanwhile.
    if (newest !== shown) return;
    const lines = shown.split('\n');
    said.textContent = error ? `This is no file of Rust: ${error}.` : `${plural(findings.length, 'finding')}.`;
    said.className = error || findings.length ? 'goes-wrong' : 'holds';
    list.replaceChildren(...findings.map((finding) => findingItem(finding, lines[finding.line - 1].trim(), showLine)));
  }

  let wait;
  text.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(show, 250);
  });
  await show();
  place.replaceChildren(label, choice, said, list);
}
