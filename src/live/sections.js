// Which parts of an exercise are finished: the editor folds them, and opens at the code to repair. No DOM here.

import { read } from './marks.js';

/** Fewer lines are no more to read than what would stand in their place. */
const worthFolding = 4;

const item = /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:(?:async|unsafe|const|extern "C")\s+)*(?:struct|enum|trait|type|fn|mod|static|union|const)\s+(\w+)/;
const implementation = /^\s*(?:unsafe\s+)?impl(?:<.*?>)?\s+(.+?)\s*(?:where.*)?\{/;

/** How deep in braces each row begins; one more entry for the end. */
function depths(lines) {
  const found = [0];
  for (const line of lines) {
    const code = line.replace(/"(?:\\.|[^"\\])*"/g, '').replace(/'(?:\\.|[^'\\])'/g, '').replace(/\/\/.*/, '');
    found.push(found.at(-1) + code.split('{').length - code.split('}').length);
  }
  return found;
}

const isBlank = (line) => line === undefined || line.trim() === '';

/** The last row of the whole item that begins at `row`, or undefined: it ends before a blank line, as deep as it began. */
function endOfItem(lines, depth, row, limit) {
  for (let at = row; at < limit; at += 1) {
    if (depth[at + 1] < depth[row]) return undefined;
    if (depth[at + 1] === depth[row] && (at + 1 === limit || isBlank(lines[at + 1]))) return at;
  }
  return undefined;
}

function label(lines, depth) {
  const names = lines.flatMap((line, at) => {
    if (depth[at] !== depth[0]) return [];
    const name = line.match(item)?.[1] ?? line.match(implementation)?.[1];
    return name ? [name] : [];
  });
  const words = [...new Set(names)].join(', ');
  const short = words.length > 60 ? `${words.slice(0, 58).replace(/,?\s\S*$/, '')} …` : words;
  return `… ${lines.length} lines${short ? `: ${short}` : ''}`;
}

/**
 * The stretches of rows to fold in an exercise's text: whole items that stand in the `shipped` text and that no right fix
 * needs to change, with a label that says which. `repairs` are the names of the sections that one does change.
 */
export function folds(text, { shipped, repairs }) {
  const { lines, sections } = read(text);
  const open = sections.filter(({ name }) => repairs.includes(name));
  // Nothing is said of this text: it may be written anew.
  if (!open.length) return [];
  const shippedText = read(shipped).lines.join('\n');
  const isOpen = (row) => open.some(({ first, last }) => first <= row && row <= last);
  const depth = depths(lines);
  const found = [];
  for (let row = 0; row < lines.length;) {
    let limit = row;
    while (limit < lines.length && !isOpen(limit)) limit += 1;
    const end = isBlank(lines[row]) || lines[row].startsWith('//!') ? undefined : endOfItem(lines, depth, row, limit);
    if (end === undefined || !shippedText.includes(lines.slice(row, end + 1).join('\n'))) {
      row = (end ?? row) + 1;
      continue;
    }
    const before = found.at(-1);
    const follows = before && depth[before.first] === depth[row] && lines.slice(before.last + 1, row).every(isBlank);
    if (follows) before.last = end;
    else found.push({ first: row, last: end });
    row = end + 1;
  }
  return found
    .filter(({ first, last }) => last - first + 1 >= worthFolding)
    .map(({ first, last }) => ({ first, last, label: label(lines.slice(first, last + 1), depth.slice(first, last + 1)) }));
}

/** The row at which the editor opens: the first section to repair that holds a function. */
export function opensAt(text, repairs) {
  const { lines, sections } = read(text);
  const open = sections.filter(({ name }) => repairs.includes(name));
  const holdsCode = ({ first, last }) => lines.slice(first, last + 1).some((line) => /\bfn\b/.test(line.replace(/\/\/.*/, '')));
  return (open.find(holdsCode) ?? open[0])?.first ?? 0;
}
