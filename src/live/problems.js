// Where rustc's problems stand in the editor. No DOM here.

/** The class that a problem of rustc's `level` is shown with: mdBook has rules of its own for `warning`. */
export const kindOf = (level) => (level === 'warning' ? 'warns' : level);

/** The column in UTF-16 units, from 0, of rustc's `column`, which counts characters from 1. */
const unit = (line, column) => [...(line ?? '')].slice(0, column - 1).join('').length;

/**
 * The problems of `file` as ranges of the editor: rows and columns from 0. `rowOf` finds the row of a line of the file, and
 * `lines` are the editor's.
 */
export function ranges(problems, file, rowOf, lines) {
  return problems
    .filter((problem) => problem.file === file)
    .map(({ line, column, end_line: endLine, end_column: endColumn, level, code, message, label }) => {
      const [row, endRow] = [rowOf(line), rowOf(endLine ?? line)];
      const start = unit(lines[row], column ?? 1);
      return {
        row,
        column: start,
        endRow,
        // What spans nothing is seen all the same.
        endColumn: Math.max(unit(lines[endRow], endColumn ?? column ?? 1), endRow === row ? start + 1 : 0),
        level,
        text: `${message}${label && label !== message ? `: ${label}` : ''}${code ? ` [${code}]` : ''}`,
      };
    });
}
