// Two requests on one tokenizer: the reader says what each asks for and in which order they set and encode.

import { button, element } from '../live/element.js';
import { load } from './ch06-bench-encode.js';
import { begin, defaults, encodes, fate, isWrong, play, sets, settingsWords } from './ch06-bench-logic.js';
import { radios } from './radios.js';

const modes = { shared: 'one tokenizer for both', travel: 'settings travel with the request' };

function labelled(text, field) {
  const made = element('label');
  made.append(text, ' ', field);
  return made;
}

function numberField(value, least, most) {
  const field = element('input');
  Object.assign(field, { type: 'text', inputMode: 'numeric', size: 4, value: value ?? '', placeholder: 'none' });
  /** The number, null for an empty field, or undefined for what is neither. */
  field.read = () => {
    const text = field.value.trim();
    const number = Number(text);
    const isRight = text === '' || (/^\d+$/.test(text) && number >= least && number <= most);
    field.setAttribute('aria-invalid', String(!isRight));
    if (!isRight) return undefined;
    return text === '' ? null : number;
  };
  return field;
}

/** The fields of one request. */
function requestFields(number, { texts, limit, padding }, onInput) {
  const set = element('fieldset', 'request');
  set.append(element('legend', '', `Request ${number}`));
  const text = element('textarea');
  Object.assign(text, { rows: 2, maxLength: 2000, value: texts.join('\n'), spellcheck: false });
  const limitField = numberField(limit, 2, 512);
  const lengthField = numberField(padding, 1, 512);
  const kind = element('select');
  for (const [value, name] of [['none', 'none'], ['length', 'to a length'], ['longest', 'to the longest of its batch']]) {
    kind.append(new Option(name, value));
  }
  kind.value = padding === null ? 'none' : padding === 'longest' ? 'longest' : 'length';
  const length = labelled('length', lengthField);
  const showLength = () => { length.hidden = kind.value !== 'length'; };
  showLength();
  kind.addEventListener('input', showLength);
  set.addEventListener('input', onInput);
  set.append(labelled('texts, one on each line', text), labelled('max_length', limitField), labelled('padding', kind), length);
  /** What the request asks for, or null where a field holds no such number. */
  const read = () => {
    const asked = limitField.read();
    const padTo = kind.value === 'length' ? lengthField.read() : null;
    if (asked === undefined || padTo === undefined) return null;
    return { texts: text.value.split('\n'), limit: asked, padding: kind.value === 'longest' ? 'longest' : padTo };
  };
  return { set, read };
}

/** A request's rows: each token above its id. */
function rowsOf(number, rows, tokenizer) {
  const holder = element('div');
  const title = element('p');
  title.append(element('strong', '', `Request ${number}`), rows ? ' got' : ' has not been encoded.');
  holder.append(title, ...(rows ?? []).map((row) => {
    const list = element('ol', 'tokens');
    list.setAttribute('aria-label', `${row.length} tokens`);
    list.append(...row.map((token) => {
      const item = element('li', token === tokenizer.pad ? 'pad' : '');
      item.append(element('code', '', token), ' ', element('span', '', String(tokenizer.ids.get(token))));
      return item;
    }));
    return list;
  }));
  return holder;
}

export const isStyled = true;

export async function mount(place) {
  const answer = await fetch(new URL('./ch06-bench.json', import.meta.url));
  const tokenizer = load(await answer.json());
  place.classList.add('bench');
  const mode = radios({
    name: 'ch06-bench-mode', legend: 'Settings', options: modes, chosen: 'shared', onInput: () => startAgain(),
  });
  const fields = { 1: requestFields(1, defaults[1], () => startAgain()), 2: requestFields(2, defaults[2], () => startAgain()) };
  const setters = [1, 2].map((number) => button(`Request ${number} sets`, () => go(sets, number)));
  const tools = element('p', 'controls');
  tools.append(...setters, ...[1, 2].map((number) => button(`Request ${number} encodes`, () => go(encodes, number))),
    button('Both set, then both encode', () => playAll()), button('Start again', () => startAgain()));
  const output = element('output');
  output.setAttribute('aria-live', 'polite');
  const settings = element('p');
  const rows = element('div');
  /** Null while a field holds no right number. */
  let state;

  function startAgain() {
    const travels = mode.value() === 'travel';
    const [one, two] = [fields[1].read(), fields[2].read()];
    state = one && two ? begin(tokenizer, { 1: one, 2: two }, travels) : null;
    for (const made of setters) made.setAttribute('aria-disabled', String(travels));
    show();
  }

  function go(step, number) {
    if (state) state = step(state, number);
    show();
  }

  function playAll() {
    startAgain();
    if (state) state = play(state, [1, 2, 1, 2]);
    show();
  }

  function show() {
    if (!state) {
      output.className = 'goes-wrong';
      output.textContent = 'max_length is a number from 2, for [CLS] and [SEP], to 512, or nothing; a length is a number from 1 to 512.';
      settings.textContent = '';
      rows.replaceChildren();
      return;
    }
    output.textContent = fate(state);
    const isAnyWrong = isWrong(state, 1) || isWrong(state, 2);
    output.className = isAnyWrong ? 'goes-wrong' : state.rows[1] && state.rows[2] ? 'holds' : '';
    settings.replaceChildren(element('strong', '', 'The tokenizer has'), ` ${settingsWords(state)}`);
    rows.replaceChildren(...[1, 2].map((number) => rowsOf(number, state.rows[number], tokenizer)));
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: let a request be cut by the other one\'s limit.'),
    ' You say what each asks for, and whose step comes next. Then let the settings travel with the request.');
  const source = element('p', 'source', 'The bundled tokenizer. What a request does not ask for, it leaves as it is.');
  place.append(tried, fields[1].set, fields[2].set, mode.set, tools, output, settings, rows, source);
  startAgain();
}
