// The marks by which pages include a part of an exercise, `// ANCHOR: x` and `// ANCHOR_END: x`. They say nothing to a
// reader: the editor shows the text without them, and what is saved has them again. No DOM here.

const mark = /^\s*\/\/\s*ANCHOR(_END)?: (\S+)\s*$/;
const linesOf = (text) => text.split(/\r?\n/);

/**
 * The text in parts: its `lines` without marks; its `marks`, each with the number of lines `before` it; and the
 * `sections` between two marks, each with its name and the rows that it spans.
 */
export function read(text) {
  const lines = [];
  const marks = [];
  const sections = [];
  let open;
  for (const line of linesOf(text)) {
    const found = line.match(mark);
    if (!found) {
      lines.push(line);
      continue;
    }
    const [, isEnd, name] = found;
    marks.push({ line, isEnd: Boolean(isEnd), before: lines.length });
    if (!isEnd) open = { name, first: lines.length };
    else if (open?.name === name) sections.push({ ...open, last: lines.length - 1 });
  }
  return { lines, marks, sections };
}

export const withoutMarks = (text) => (text.includes('ANCHOR') ? join(read(text).lines, text) : text);

const join = (lines, like) => lines.join(like.includes('\r\n') ? '\r\n' : '\n');

/** For each line of `before` the line of `after` that it became, or undefined: a longest common subsequence. */
function matches(before, after) {
  const found = new Array(before.length);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) found[start] = start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) found[--endBefore] = --endAfter;
  const [rows, columns] = [endBefore - start, endAfter - start];
  const length = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      length[i][j] = before[start + i] === after[start + j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (before[start + i] === after[start + j]) {
      found[start + i] = start + j;
      i += 1;
      j += 1;
    } else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/**
 * The marks of `was` in an edited text that has none, each beside the line that it stood beside. A text with marks of its
 * own keeps those alone.
 */
export function withMarks(text, was) {
  if (read(text).marks.length) return text;
  const { lines: before, marks } = read(was);
  const after = linesOf(text);
  const found = matches(before, after);
  const lastBefore = (row) => {
    for (let at = row - 1; at >= 0; at -= 1) if (found[at] !== undefined) return found[at] + 1;
    return 0;
  };
  const firstFrom = (row) => {
    for (let at = row; at < before.length; at += 1) if (found[at] !== undefined) return found[at];
    return after.length;
  };
  const made = [];
  let row = 0;
  for (const { line, isEnd, before: at } of marks) {
    const own = isEnd ? found[at - 1] : found[at];
    const place = own === undefined ? (isEnd ? firstFrom(at) : lastBefore(at)) : own + (isEnd ? 1 : 0);
    while (row < place) made.push(after[row++]);
    made.push(line);
  }
  made.push(...after.slice(row));
  return join(made, text);
}

/**
 * Where rows of the editor, from 0, stand in the file, whose lines count from 1; `text` is the file's, and `shown` the
 * editor's: marks that were pasted are rows there too.
 */
export function numbering(text, shown) {
  if (shown === text) return { line: (row) => row + 1, row: (line) => line - 1 };
  const { lines, marks } = read(text);
  const ofRow = [];
  let next = 0;
  for (let row = 0; row < lines.length; row += 1) {
    while (next < marks.length && marks[next].before <= row) next += 1;
    ofRow.push(row + next + 1);
  }
  return {
    line: (row) => ofRow[row] ?? row + marks.length + 1,
    /** A mark's line leads to the row after it. */
    row: (line) => {
      const at = ofRow.findIndex((own) => own >= line);
      return at < 0 ? Math.max(lines.length - 1, 0) : at;
    },
  };
}
