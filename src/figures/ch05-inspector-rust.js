// Writes Rust code, for ort 2.0.0-rc.14, that gives each of a model's inputs its tensor by name.

/** Words that no field may be called. */
const taken = new Set(('abstract as async await become box break const continue crate do dyn else enum extern false '
  + 'final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct '
  + 'super trait true try type typeof unsafe unsized use virtual where while yield').split(' '));

/** A Rust name for each thing that is asked for, and no name twice. */
function namer() {
  const used = new Set(taken);
  return (wanted) => {
    let plain = wanted.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '').toLowerCase();
    if (!/^[a-z]/.test(plain)) plain = `input_${plain}`.replace(/_$/, '');
    let name = plain;
    for (let count = 2; used.has(name); count += 1) name = `${plain}_${count}`;
    used.add(name);
    return name;
  };
}

/** A Rust string literal. */
const literal = (text) => `"${text.replace(/["\\]/g, '\\$&').replace(/\p{C}/gu,
  (character) => `\\u{${character.codePointAt(0).toString(16)}}`)}"`;

/** A tensor's shape in words, such as `int64 [batch, 128]`. */
export function described({ kind, element, shape }) {
  if (kind) return kind;
  return `${element.name} ${shape ? `[${shape.map((axis) => axis ?? '?').join(', ')}]` : 'of any rank'}`;
}

/** The input for which no code can be written, or undefined. */
const impossible = (inputs) => inputs.find(({ kind, element }) => kind || !element.rust);

/** A tensor without axes holds one value. */
const isScalar = ({ shape }) => shape?.length === 0;

/** For a doc comment: on one line, and no link. */
const comment = ({ name, hasDefault, ...type }) =>
  `\`${`${name}: ${described(type)}`.replace(/[\p{C}`]/gu, ' ')}\`${hasDefault ? ', which has a default' : ''}`;

/** The code that feeds a model, as `{ code }`; or `{ why }` there is none. */
export function rustFor({ inputs, outputs }) {
  if (!inputs.length) return { why: 'The model takes no inputs, so there is nothing to feed.' };
  const other = impossible(inputs);
  if (other) return { why: `No code: ort makes no plain tensor for ${other.name}, a ${other.kind ?? other.element.name}.` };
  const name = namer();
  const tensors = inputs.map((input) => ({ ...input, field: name(input.name) }));
  /** Fields for the sizes of free axes, by their symbol. */
  const sizes = new Map();
  const size = (symbol, type) => {
    if (!sizes.has(symbol)) sizes.set(symbol, { field: name(symbol), type });
    return `inputs.${sizes.get(symbol).field}`;
  };
  const shapeOf = ({ shape, field }) => {
    if (!shape) return size(`${field}_shape`, 'Vec<usize>');
    // Old exporters write 0 or -1 where a size is free.
    const axes = shape.map((axis, at) => (axis > 0 ? `${axis}_usize`
      : size(typeof axis === 'string' ? axis : `${field}_axis_${at}`, 'usize')));
    return `[${axes.join(', ')}]`;
  };
  const feeds = tensors.map((tensor) => {
    if (isScalar(tensor)) {
      const one = `([0_usize; 0], ${tensor.element.rust === 'String' ? '&' : 'vec!'}[inputs.${tensor.field}])`;
      return `        ${literal(tensor.name)} => Tensor::${tensor.element.rust === 'String' ? 'from_string_array' : 'from_array'}(${one})?,`;
    }
    const shape = shapeOf(tensor);
    const made = tensor.element.rust === 'String' ? `from_string_array((${shape}, &*inputs.${tensor.field}))`
      : `from_array((${shape}, inputs.${tensor.field}))`;
    return `        ${literal(tensor.name)} => Tensor::${made}?,`;
  });
  const fields = [
    ...[...sizes.values()].map(({ field, type }) => `    pub ${field}: ${type},`),
    ...tensors.map((tensor) => `    /// ${comment(tensor)}\n    pub ${tensor.field}: ${isScalar(tensor) ? tensor.element.rust : `Vec<${tensor.element.rust}>`},`),
  ];
  const halves = inputs.some(({ element }) => element.rust.startsWith('half'));
  return {
    code: `use ort::session::{Session, SessionOutputs};
use ort::value::Tensor;

/// The model's inputs. Fields have names, so that no tensor stands in another's place.${
  halves ? '\n/// `half::` types need the feature `half` of ort.' : ''}
pub struct Inputs {
${fields.join('\n')}
}

/// Gives each input its tensor by name. The outputs, by name as in \`outputs["name"]\`:
${outputs.map((output) => `/// - ${comment(output)}`).join('\n')}
pub fn run(session: &mut Session, inputs: Inputs) -> ort::Result<SessionOutputs<'_>> {
    session.run(ort::inputs![
${feeds.join('\n')}
    ])
}
`,
  };
}
