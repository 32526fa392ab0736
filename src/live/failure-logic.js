// What a check says when it fails, in its parts. They are written by `Failure` in `checks/src/failure.rs`. No DOM here.

const EXPECTED = 'expected: ';

/**
 * What was seen, what was expected, and why; `more` is what stands below, such as the steps. Undefined for a message of another form, as a
 * panic of the learner's own has it.
 */
export function partsOf(message) {
  const [told, ...more] = message.split(/\n\s*\n/);
  const lines = told.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => line.startsWith(EXPECTED));
  if (at < 1 || lines.includes('...')) return undefined;
  // The reason is one sentence, and ends it; a remark in brackets may stand below.
  let reason = at < lines.length - 1 ? lines.length - 1 : lines.length;
  while (reason > at + 1 && lines[reason]?.startsWith('(')) reason -= 1;
  return {
    seen: lines.slice(0, at).join('\n'),
    expected: lines.slice(at, reason).join('\n').slice(EXPECTED.length),
    why: lines.slice(reason).join('\n'),
    more: more.join('\n\n'),
  };
}

/**
 * What `cargo workbook check` printed, as the book keeps it: the command, and each check that failed with its sentence and the parts of its
 * message. Undefined where a failure has no such parts.
 */
export function printed(text) {
  const [command, ...lines] = text.trimEnd().split('\n');
  if (!command.startsWith('$ cargo workbook check ')) return undefined;
  const failures = lines.join('\n').split(/^✗ /m).slice(1).map((failure) => {
    const [head, ...message] = failure.replace(/\n\.\.\.\n?$/, '').trimEnd().split('\n');
    // All but the first are told in one line.
    const [, sentence, seen, expected] = head.match(/^(.*?): (.*); expected: (.*)$/) ?? [];
    return sentence ? { sentence, parts: { seen, expected, why: '', more: '' } } : { sentence: head, parts: partsOf(message.join('\n')) };
  });
  return failures[0]?.parts && { command: command.slice(2), failures };
}
