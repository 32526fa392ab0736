// The reader's own number in four formats, and a difference that is cast before or after it is taken.

import { button, element, liveOutput } from '../live/element.js';
import { decode, formats, parse, rows } from './ch01-bits-logic.js';
import { inBits, inDigits, stepIs, offBy, outcome } from './ch01-bits-words.js';
import { radios } from './radios.js';

const tempting = [
  { name: 'a Unix time', number: '1795444200.25', reference: '1795444200' },
  { name: 'an id above 2²⁴', number: '16777217', reference: '16777216' },
  { name: '0.1', number: '0.1', reference: '0' },
  { name: '1e39', number: '1e39', reference: '1e39' },
  { name: '70000', number: '70000', reference: '69000' },
];

const wayLabels = { store: 'store it', castFirst: 'cast both, then subtract', subtractFirst: 'subtract, then cast' };

const columns = ['format', 'sign, exponent, fraction', 'holds', 'off by', 'step'];

function field(label, value) {
  const input = element('input');
  input.value = value;
  input.autocomplete = 'off';
  input.spellcheck = false;
  const holder = element('label', '', `${label} `);
  holder.append(input);
  return { holder, input };
}

function bitsOf({ format, bits }) {
  const code = element('code');
  code.setAttribute('aria-hidden', 'true');
  const { sign, exponent, fraction } = inBits(format, bits);
  const fractionSpan = element('span', 'fraction');
  for (const byte of fraction.match(/.{1,8}/g)) fractionSpan.append(byte, element('wbr'));
  code.append(element('span', 'sign', sign), ' ', element('span', 'exponent', exponent), ' ', fractionSpan);
  const read = `1 sign bit, ${format.exponentBits} exponent bits, ${format.fractionBits} fraction bits`;
  return [code, element('span', 'visually-hidden', read)];
}

function tableRow(row) {
  const made = element('tr');
  const head = element('th', '', row.format.name);
  head.scope = 'row';
  made.append(head);
  const cells = [bitsOf(row), [inDigits(row.stored)], [offBy(row)], [stepIs(row.step)]];
  cells.forEach((content, at) => {
    const cell = element('td', at ? 'number' : '');
    cell.dataset.column = columns[at + 1];
    cell.append(...content);
    made.append(cell);
  });
  return made;
}

/** The bits of the f32 as cells: an arrow goes to the next one, and a press flips it. */
function bitCells(onFlip) {
  const format = formats.find(({ name }) => name === 'f32');
  const length = 1 + format.exponentBits + format.fractionBits;
  const group = element('div', 'cells');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'the bits of the f32');
  let bits = 0n;
  const cells = Array.from({ length }, (_, at) => {
    const part = at === 0 ? 'sign' : at <= format.exponentBits ? 'exponent' : 'fraction';
    const cell = button('', () => onFlip(decode(format, bits ^ (1n << BigInt(length - 1 - at)))));
    cell.className = part;
    cell.tabIndex = at ? -1 : 0;
    cell.setAttribute('aria-label', `${part} bit ${part === 'fraction' ? at - format.exponentBits : Math.max(at, 1)}`);
    group.append(cell);
    return cell;
  });
  group.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    // An arrow would turn the page.
    event.stopPropagation();
    event.preventDefault();
    const at = cells.indexOf(document.activeElement);
    const next = cells[Math.max(0, Math.min(at + by, length - 1))];
    cells[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  return {
    group,
    show(shown) {
      bits = shown;
      cells.forEach((cell, at) => {
        cell.textContent = String((bits >> BigInt(length - 1 - at)) & 1n);
        cell.setAttribute('aria-pressed', cell.textContent === '1');
      });
    },
  };
}

export const isStyled = true;

export function mount(place) {
  place.classList.add('bits');
  const number = field('Number', tempting[0].number);
  const reference = field('Reference to subtract', tempting[0].reference);
  const ways = radios({ name: 'ch01-bits-way', legend: 'What the code does', options: wayLabels, chosen: 'store' });
  const table = element('table');
  const head = element('tr');
  for (const column of columns) {
    const cell = element('th', '', column);
    cell.scope = 'col';
    head.append(cell);
  }
  table.createTHead().append(head);
  const body = table.createTBody();
  const output = liveOutput();
  const cells = bitCells((flipped) => {
    number.input.value = inDigits(flipped, 60).replace(/^about /, '');
    ways.inputs.get('store').input.checked = true;
    show();
  });

  function show() {
    const way = ways.value();
    reference.holder.hidden = way === 'store';
    const [value, subtracted] = [parse(number.input.value), parse(reference.input.value)];
    const wrong = value ? (way !== 'store' && !subtracted && reference) : number;
    for (const { input } of [number, reference]) input.setAttribute('aria-invalid', Boolean(wrong) && input === wrong.input);
    table.hidden = Boolean(wrong);
    if (wrong) {
      output.textContent = `"${wrong.input.value}" is no number here: type one such as 1795444200.25, -3, 1e39, inf or NaN, `
        + 'of 60 characters at most.';
      return;
    }
    const all = rows(way, value, subtracted);
    body.replaceChildren(...all.map(tableRow));
    output.textContent = outcome(way, all);
    cells.show(all.find(({ format }) => format.name === 'f32').bits);
  }

  const buttons = element('p', 'controls');
  buttons.append('Take ', ...tempting.flatMap((taken) => [button(taken.name, () => {
    number.input.value = taken.number;
    reference.input.value = taken.reference;
    show();
  }), ' ']));
  const fields = element('p', 'controls');
  fields.append(number.holder, ' ', reference.holder);
  const tried = element('p');
  tried.append(element('strong', '', 'Try it: what is left of your number?'),
    ' Type one, take one below, or flip a bit of the f32. Then let the code subtract: before the cast, and after it.');
  place.append(tried, buttons, fields, ways.set, cells.group, output, table);
  place.addEventListener('input', show);
  show();
}
