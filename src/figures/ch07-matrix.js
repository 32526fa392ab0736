// Will these work together? The reader names a runtime and a model; the preflight answers, and `ort` beside it.

import { button, element, liveOutput } from '../live/element.js';
import { rangesDrawing } from './ch07-matrix-drawing.js';
import { alone, preflight, ranges, service, versionThatDoes } from './ch07-matrix-logic.js';
import { keepWidth, widthFor } from '../live/svg.js';

const examples = ['1.23.2', '1.24.4', '1.31.1', '1.32.0', '2.0.0', '2.31.0', '0.99.0'];

function labelled(text, field) {
  const made = element('label');
  made.append(text, ' ', field);
  return made;
}

function textField(value, size) {
  const field = element('input');
  Object.assign(field, { type: 'text', value, size, spellcheck: false, autocomplete: 'off' });
  return field;
}

function revision() {
  const field = element('select');
  field.append(new Option('of the release', 'same'), new Option('of another release', 'other'));
  return field;
}

/** A line of the answer: who says it, whether it is yes, and the very words. */
function said(who, isYes, words) {
  const line = element('span', `answer ${isYes ? 'yes' : 'no'}`);
  line.append(element('strong', '', `${who}:`), ` ${words}.`);
  return line;
}

export const isStyled = true;

export async function mount(place) {
  const answer = await fetch(new URL('./ch07-matrix.json', import.meta.url));
  const data = await answer.json();
  place.classList.add('matrix');
  const version = textField('1.23.2', 10);
  const irVersion = textField('8', 4);
  const opset = textField('17', 4);
  irVersion.inputMode = 'numeric';
  opset.inputMode = 'numeric';
  const [model, tokenizer] = [revision(), revision()];
  const output = liveOutput();

  const stage = element('div', 'stage');

  const count = (field) => {
    const text = field.value.trim();
    const isRight = /^[1-9][0-9]{0,3}$/.test(text);
    field.setAttribute('aria-invalid', String(!isRight));
    return isRight ? Number(text) : null;
  };

  /** What the reader has chosen, or null where a field holds no number. */
  function deployment() {
    const [ir, operators] = [count(irVersion), count(opset)];
    if (ir === null || operators === null) return null;
    return {
      version: version.value.trim(),
      irVersion: ir,
      opset: operators,
      otherModel: model.value === 'other',
      otherTokenizer: tokenizer.value === 'other',
    };
  }

  function show(before = '') {
    const chosen = deployment();
    if (!chosen) {
      output.className = 'goes-wrong';
      output.replaceChildren('IR version and opset are numbers from 1 to 9999.');
      return;
    }
    draw();
    const verdict = preflight(chosen, data);
    const ort = alone(chosen, data);
    // It is told of the library alone.
    const more = ort.takes ? ', and is told of neither model nor tokenizer' : '';
    output.className = verdict.starts ? 'holds' : 'goes-wrong';
    output.replaceChildren(...(before ? [element('span', 'answer', before)] : []),
      said(`The preflight says ${verdict.starts ? 'yes' : 'no'}`, verdict.starts, verdict.says.join('. ')), ' ',
      said('ort::init() alone', ort.takes && verdict.starts, ort.says + more));
  }

  function draw() {
    const chosen = deployment();
    if (chosen) stage.replaceChildren(rangesDrawing(widthFor(stage), ranges(chosen, data), chosen));
  }

  function take(text) {
    version.value = text;
    show();
  }

  function findVersion() {
    const chosen = deployment();
    const found = chosen && versionThatDoes(chosen, data);
    if (found) take(found);
    else show(chosen ? 'No ONNX Runtime that was measured lets this start.' : '');
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: find a library that ort takes and the preflight refuses.'),
    ' Then choose a version that both take.');
  const crate = element('p');
  crate.append('The service calls API version ', String(data.api), ', by ', element('code', '', `ort ${service.ort}`),
    `, and was tested with ONNX Runtime ${service.tested}. Will these work together?`);
  const runtime = element('fieldset');
  runtime.append(element('legend', '', 'The library reports'), labelled('ONNX Runtime', version));
  const picks = element('p', 'controls');
  picks.append(...examples.map((text) => button(text, () => take(text))), button('A version that would do', () => findVersion()));
  const files = element('fieldset');
  files.append(element('legend', '', 'The files'), labelled('the model\'s IR version', irVersion), labelled('its opset', opset),
    labelled('the model is', model), labelled('the tokenizer is', tokenizer));
  for (const set of [runtime, files]) set.addEventListener('input', () => show());
  const source = element('p', 'source', 'A version is what a stand-in library reports, as in the table under Folklore. A bar is what was measured of a runtime.');
  place.append(tried, crate, runtime, picks, files, output, stage, source);
  show();
  keepWidth(stage, draw);
}
