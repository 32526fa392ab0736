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

/** What the book keeps of a command's output where it tells of checks that failed: each block, with a way to show it as such lists. */
export function printedBlocks() {
  return [...document.querySelectorAll('pre > code.language-console')].flatMap((code) => {
    const told = printed(code.textContent);
    const block = code.closest('pre');
    return told ? [{ block, list: () => block.replaceWith(listOf(told)) }] : [];
  });
}

function listOf({ command, failures }) {
  const shown = element('div', 'printed');
  const ran = element('p', 'command');
  ran.append(element('code', '', command));
  shown.append(ran);
  for (const { sentence, parts } of failures) {
    shown.append(element('p', 'failed', `✗ ${sentence}`));
    if (parts) shown.append(failureList(parts));
    if (parts?.more) shown.append(element('pre', 'steps', parts.more));
  }
  return shown;
}
