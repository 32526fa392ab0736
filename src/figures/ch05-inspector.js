// The reader's own ONNX file: what its model calls its inputs, and the Rust code that feeds them. The file stays
// in the browser.

import { button, element, liveOutput } from '../live/element.js';
import { plural } from '../live/words.js';
import { verdict } from './ch05-inspector-names.js';
import { Unreadable, inspect } from './ch05-inspector-onnx.js';
import { Windowed } from './ch05-inspector-protobuf.js';
import { described, rustFor } from './ch05-inspector-rust.js';

/** What somebody's code might use with the bundled model: one name is wrong. */
const slip = 'input_id, attention_mask';

const windowed = (blob) => new Windowed(blob.size, async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()));

async function sample() {
  const { name, hex } = await (await fetch(new URL('./ch05-inspector.json', import.meta.url))).json();
  return new File([Uint8Array.from(hex.match(/../g), (byte) => Number.parseInt(byte, 16))], name);
}

function summary(file, { irVersion, opsets, inputs, outputs }) {
  const versions = opsets.map(({ domain, version }) => `opset ${version}${domain ? ` of ${domain}` : ''}`);
  return `${file.name}: ${plural(inputs.length, 'input')}, ${plural(outputs.length, 'output')}, IR version ${irVersion}, ${versions.join(', ')}.`;
}

function tableOf({ inputs, outputs }) {
  const table = element('table');
  const head = element('tr');
  for (const column of ['name', 'is an', 'type and shape']) {
    const cell = element('th', '', column);
    cell.scope = 'col';
    head.append(cell);
  }
  table.createTHead().append(head);
  const body = table.createTBody();
  for (const [role, values] of [['input', inputs], ['output', outputs]]) {
    for (const value of values) {
      const row = element('tr');
      const name = element('th');
      name.scope = 'row';
      name.append(element('code', '', value.name));
      row.append(name, element('td', '', value.hasDefault ? `${role}, has a default` : role), element('td', '', described(value)));
      body.append(row);
    }
  }
  return table;
}

function codeOf(model) {
  const { code, why } = rustFor(model);
  if (why) return [element('p', '', why)];
  const pre = element('pre');
  const shown = element('code', '', code);
  shown.tabIndex = 0;
  shown.setAttribute('role', 'region');
  shown.setAttribute('aria-label', 'Rust code that feeds this model');
  pre.append(shown);
  const said = element('span');
  said.setAttribute('role', 'status');
  const copy = button('Copy the code', async () => {
    try {
      await navigator.clipboard.writeText(code);
      said.textContent = 'Copied.';
    } catch {
      said.textContent = 'The browser does not let this page copy: select the code instead.';
    }
  });
  const line = element('p', 'controls');
  line.append(element('span', '', 'For ort 2.0.0-rc.14:'), copy, said);
  return [line, pre];
}

function input(label, type) {
  const made = element('input');
  made.type = type;
  const holder = element('label', '', `${label} `);
  holder.append(made);
  return { holder, input: made };
}

export const isStyled = true;

export function mount(place) {
  place.classList.add('inspector');
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: does your code know the names that your model uses?'),
    ' Choose an .onnx file, or drop it here. It is read in this page, and sent nowhere.');
  const chosen = input('Your model', 'file');
  chosen.input.accept = '.onnx';
  const read = liveOutput();
  const names = input('Input names in your code', 'text');
  Object.assign(names.input, { value: slip, autocomplete: 'off', spellcheck: false });
  const judged = liveOutput();
  const shown = element('div', 'model');
  let declared = null;

  function judge() {
    judged.hidden = declared === null;
    if (!declared) return;
    const { words, holds } = verdict(names.input.value, declared);
    judged.textContent = words;
    judged.className = holds ? 'holds' : 'goes-wrong';
  }

  let newest;
  async function open(file) {
    newest = file;
    const show = (words, model) => {
      // Another file may have been chosen while this one was read.
      if (newest !== file) return;
      declared = model ? model.inputs : null;
      read.textContent = words;
      shown.replaceChildren(...(model ? [tableOf(model), ...codeOf(model)] : []));
      judge();
    };
    try {
      const model = await inspect(windowed(file));
      show(summary(file, model), model);
    } catch (error) {
      show(error instanceof Unreadable ? `${file.name}: ${error.message}`
        : `${file.name} cannot be read: it may have been moved or changed since you chose it.`);
    }
  }

  const take = button('Take the workbook\'s model', async () => {
    chosen.input.value = '';
    names.input.value = slip;
    await open(await sample());
  });
  const controls = element('p', 'controls');
  controls.append(chosen.holder, ' ', take);
  const line = element('p', 'controls names');
  line.append(names.holder);
  place.append(tried, controls, read, line, judged, shown);

  chosen.input.addEventListener('change', () => {
    const [file] = chosen.input.files;
    if (file) open(file);
  });
  names.input.addEventListener('input', judge);
  place.addEventListener('dragover', (event) => event.preventDefault());
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) open(file);
  });
  take.click();
}
