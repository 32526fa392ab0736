// Compares the input names that some code uses with those of a model.

/** How many letters are to be put in, left out, replaced or swapped with their neighbour, at least. */
function distance(from, to) {
  const [left, right] = [[...from], [...to]];
  const most = left.length + right.length;
  const lastRow = new Map();
  const at = Array.from({ length: left.length + 2 }, () => new Array(right.length + 2).fill(most));
  for (let row = 0; row <= left.length; row += 1) at[row + 1][1] = row;
  for (let column = 0; column <= right.length; column += 1) at[1][column + 1] = column;
  for (let row = 1; row <= left.length; row += 1) {
    let lastColumn = 0;
    for (let column = 1; column <= right.length; column += 1) {
      const swapRow = lastRow.get(right[column - 1]) ?? 0;
      const same = left[row - 1] === right[column - 1];
      at[row + 1][column + 1] = Math.min(
        at[row][column] + (same ? 0 : 1),
        at[row + 1][column] + 1,
        at[row][column + 1] + 1,
        at[swapRow][lastColumn] + (row - swapRow - 1) + 1 + (column - lastColumn - 1),
      );
      if (same) lastColumn = column;
    }
    lastRow.set(left[row - 1], row);
  }
  return at[left.length + 1][right.length + 1];
}

/** The wanted name that was probably meant, or null: as `nearest` of the chapter's exercise finds it. */
export function nearest(name, wanted) {
  const near = wanted
    .map((one) => ({ one, far: distance(name.toLowerCase(), one) }))
    .filter(({ far }) => far <= 3)
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1));
  return near[0]?.one ?? null;
}

/** The names in a list with commas between them. */
const named = (list) => list.split(',').map((name) => name.trim()).filter(Boolean);

/** What is wrong with the names that the code uses, in sentences, all at once. The model's `inputs` have names. */
export function problems(used, inputs) {
  const declared = inputs.map(({ name }) => name);
  const found = [];
  for (const name of new Set(used)) {
    if (!declared.includes(name)) {
      const meant = nearest(name, declared);
      found.push(`${name} is no input of this model${meant ? `: do you mean ${meant}?` : '.'}`);
    } else if (used.indexOf(name) !== used.lastIndexOf(name)) {
      found.push(`${name} is given more than once.`);
    }
  }
  for (const { name, hasDefault } of inputs) if (!used.includes(name) && !hasDefault) found.push(`${name} is missing.`);
  return found;
}

/** Sentences that a reader takes in. */
const MOST = 8;

/** All of that as the figure says it: in `words`, and whether the code `holds`. */
export function verdict(list, inputs) {
  const used = named(list);
  const declared = inputs.map(({ name }) => name);
  const found = problems(used, inputs);
  const left = inputs.filter(({ name, hasDefault }) => hasDefault && !used.includes(name));
  found.push(...left.map(({ name }) => `${name} is left out: the model has a default for it, which ONNX Runtime takes without a word.`));
  if (found.length) {
    const rest = found.length - MOST;
    return { holds: false, words: [...found.slice(0, MOST), ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ') };
  }
  if (!declared.length) return { holds: true, words: 'This model takes no inputs.' };
  const inOrder = used.every((name, at) => name === declared[at]);
  const order = inOrder ? 'Give each tensor by its name: then no order matters.'
    : `The model's own order is ${declared.join(', ')}: by place, tensors would go to the wrong inputs.`;
  return { holds: true, words: `Every name is right, and none is missing. ${order}` };
}
