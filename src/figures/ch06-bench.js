// Two requests on one tokenizer: the reader says what each asks for and in which order they set and encode.

import { button, element, liveOutput } from '../live/element.js';
import { load } from './ch06-bench-encode.js';
import { begin, cuttings, defaults, encodes, fate, isWrong, longest, play, sets, settingsWords } from './ch06-bench-logic.js';
import { radios } from './radios.js';

const modes = { shared: 'one tokenizer for both', travel: 'settings travel with the request' };

function labelled(text, field) {
  const made = element('label');
  made.append(text, ' ', field);
  return made;
}

function lengthField(value) {
  const field = element('input');
  Object.assign(field, { type: 'text', inputMode: 'numeric', size: 4, value });
  /** The number, or undefined for what is none. */
  field.read = () => {
    const text = field.value.trim();
    const isRight = /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 512;
    field.setAttribute('aria-invalid', String(!isRight));
    return isRight ? Number(text) : undefined;
  };
  return field;
}

/** A row of tokens with its scissors, `whose` limit they are, and its padding. */
function tokenRow(row, tokenizer, whose) {
  const kept = row.filter(({ kind }) => kind !== 'cut').length;
  const cut = row.length - kept;
  const list = element('ol', 'tokens');
  list.setAttribute('aria-label', `${kept} tokens${cut ? `, ${cut} cut` : ''}`);
  row.forEach(({ token, kind }, at) => {
    if (kind === 'cut' && row[at - 1]?.kind !== 'cut') list.append(element('li', 'scissors', whose ? `✂ ${whose}` : '✂'));
    const item = element('li', kind);
    item.append(element('code', '', token), ' ', element('span', '', String(tokenizer.ids.get(token))));
    list.append(item);
  });
  return list;
}

/** The fields of one request, and what it asks for: its tokens, cut where its scissors are and padded. */
function requestFields(number, { texts, limit, padding }, tokenizer, onInput) {
  const set = element('fieldset', 'request');
  set.append(element('legend', '', `Request ${number}`));
  const text = element('textarea');
  Object.assign(text, { rows: 2, maxLength: 2000, value: texts.join('\n'), spellcheck: false });
  const scissors = element('input');
  Object.assign(scissors, { type: 'range', min: 2, step: 1 });
  const shown = element('span', 'value');
  const length = lengthField(padding ?? 8);
  const kind = element('select');
  for (const [value, name] of [['none', 'none'], ['length', 'to a length'], ['longest', 'to the longest of its batch']]) {
    kind.append(new Option(name, value));
  }
  kind.value = padding === null ? 'none' : padding === 'longest' ? 'longest' : 'length';
  const lengthLabel = labelled('length', length);
  const limitLabel = labelled('✂ max_length', scissors);
  limitLabel.className = 'slider';
  limitLabel.append(shown);
  const asked = element('div');

  /** Beyond the longest row the scissors cut nothing, and there is no limit. */
  const fit = () => { scissors.max = longest(tokenizer, text.value.split('\n')) + 1; };
  fit();
  scissors.value = limit;
  set.addEventListener('input', () => { fit(); show(); onInput(); });
  set.append(labelled('texts, one on each line', text), limitLabel, labelled('padding', kind), lengthLabel, asked);

  /** What the request asks for, or null where its length is no number. */
  function read() {
    const padTo = kind.value === 'length' ? length.read() : null;
    if (padTo === undefined) return null;
    return {
      texts: text.value.split('\n'),
      limit: scissors.value === scissors.max ? null : Number(scissors.value),
      padding: kind.value === 'longest' ? 'longest' : padTo,
    };
  }

  function show() {
    lengthLabel.hidden = kind.value !== 'length';
    const asks = read();
    shown.textContent = scissors.value === scissors.max ? 'no limit' : `${scissors.value} tokens`;
    scissors.setAttribute('aria-valuetext', shown.textContent);
    asked.replaceChildren(...(asks ? cuttings(tokenizer, asks.texts, asks).map((row) => tokenRow(row, tokenizer)) : []));
  }
  show();
  return { set, read };
}

/** What a request got: its rows, and whose scissors cut them. */
function rowsOf(number, { cut, used, travels }, tokenizer) {
  const holder = element('div');
  const title = element('p');
  title.append(element('strong', '', `Request ${number}`), cut[number] ? ' got' : ' has not been encoded.');
  const by = travels ? number : used[number]?.setBy.limit;
  const whose = by === number ? 'its own limit' : `the limit of request ${by}`;
  const rows = (cut[number] ?? []).map((row) => tokenRow(row, tokenizer, whose));
  holder.className = by === number ? 'got' : 'got of-other';
  holder.append(title, ...rows);
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
  const fields = { 1: requestFields(1, defaults[1], tokenizer, () => startAgain()), 2: requestFields(2, defaults[2], tokenizer, () => startAgain()) };
  const setters = [1, 2].map((number) => button(`Request ${number} sets`, () => go(sets, number)));
  const tools = element('p', 'controls');
  tools.append(...setters, ...[1, 2].map((number) => button(`Request ${number} encodes`, () => go(encodes, number))),
    button('Both set, then both encode', () => playAll()), button('Start again', () => startAgain()));
  const output = liveOutput();
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
      output.textContent = 'A length is a number from 1 to 512.';
      settings.textContent = '';
      rows.replaceChildren();
      return;
    }
    output.textContent = fate(state);
    const isAnyWrong = isWrong(state, 1) || isWrong(state, 2);
    output.className = isAnyWrong ? 'goes-wrong' : state.rows[1] && state.rows[2] ? 'holds' : '';
    settings.replaceChildren(element('strong', '', 'The tokenizer has'), ` ${settingsWords(state)}`);
    rows.replaceChildren(...[1, 2].map((number) => rowsOf(number, state, tokenizer)));
  }

  const tried = element('p');
  tried.append(element('strong', '', 'Try it: let a request be cut by the other one\'s limit.'),
    ' Move the scissors, and say whose step comes next. Then let the settings travel with the request.');
  const source = element('p', 'source', 'The bundled tokenizer. What a request does not ask for, it leaves as it is.');
  place.append(tried, fields[1].set, fields[2].set, mode.set, tools, output, settings, rows, source);
  startAgain();
}
