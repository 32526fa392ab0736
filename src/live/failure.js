// A check that failed, as a list: what was seen, what was expected, and why it matters.

import { element, withCode } from './element.js';
import { printed } from './failure-logic.js';

/** The list of these parts; `words` makes what stands in it of a text. */
export function failureList({ seen, expected, why }, words = withCode) {
  const list = element('dl', 'message');
  for (const [name, text] of Object.entries({ Seen: seen, Expected: expected, Why: why })) {
    if (!text) continue;
    const said = element('dd');
    said.append(...words(text));
    list.append(element('dt', name.toLowerCase(), name), said);
  }
  return list;
}

/** Shows what the book keeps of a command's output as such lists, where it tells of checks that failed. */
export function listPrinted() {
  for (const code of document.querySelectorAll('pre > code.language-console')) {
    const told = printed(code.textContent);
    if (!told) continue;
    const shown = element('div', 'printed');
    const command = element('p', 'command');
    command.append(element('code', '', told.command));
    shown.append(command);
    for (const { sentence, parts } of told.failures) {
      shown.append(element('p', 'failed', `✗ ${sentence}`));
      if (parts) shown.append(failureList(parts));
      if (parts?.more) shown.append(element('pre', 'steps', parts.more));
    }
    code.closest('pre').replaceWith(shown);
  }
}
