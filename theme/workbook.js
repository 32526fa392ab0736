// The live part of a page: verdicts on the reader's own files, sent by `cargo workbook`.
// Without that server (static hosting, file://) the page keeps what its Markdown says, and a mark for what is done.
'use strict';

(() => {
  const marks = { passes: '✓', fails: '✗', checking: '…' };
  const stateWords = { passed: 'passed', failed: 'failed', 'timed-out': 'timed out', 'did-not-run': 'did not run' };
  const root = typeof path_to_root === 'string' ? path_to_root : '';
  /** The book's first folder: an `import` in a script that is no module knows no relative path. */
  const base = new URL(root || '.', location.href).href.replace(/[^/]*$/, '');

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Announced once per verdict; the panel itself is rebuilt silently.
  const announcement = element('p', 'visually-hidden');
  announcement.setAttribute('role', 'status');

  /** The page's desk, once it is open: see `live/desk.js`. */
  let desk;

  const announce = (text) => { announcement.textContent = text; };

  const panelOf = (chapter) => document.querySelector(`.checks[data-chapter="${CSS.escape(chapter)}"]`);

  /** Text in which each line of the learner's file leads to that line in the page's editor. */
  function withLinks(text) {
    const parts = text.split(/(exercises\/ch[\w-]+\/src\/lib\.rs:\d+)/);
    return parts.map((part, at) => {
      if (at % 2 === 0) return part;
      const link = element('button', 'line', part);
      link.type = 'button';
      link.addEventListener('click', () => desk?.goTo(Number(part.split(':').pop())));
      return link;
    });
  }

  function checkItem(check, isFirstFailure) {
    const item = element('li', `check ${check.state}`);
    const sentence = [element('span', 'visually-hidden', `${stateWords[check.state]}: `), element('span', 'sentence', check.sentence)];
    if (check.state === 'passed') {
      item.append(...sentence);
      return item;
    }
    const message = element('pre', 'message');
    message.append(...withLinks(check.message));
    // Wide tables scroll inside; the focus lets the keyboard do it.
    message.tabIndex = 0;
    message.setAttribute('aria-label', `message of the check: ${check.sentence}`);
    message.setAttribute('role', 'region');
    const at = [];
    if (check.at) {
      at.push(element('p', 'at'));
      at[0].append(...withLinks(check.at));
    }
    if (isFirstFailure) {
      item.append(...sentence, message, ...at);
    } else {
      const folded = element('details');
      const summary = element('summary');
      summary.append(...sentence);
      folded.append(summary, message, ...at);
      item.append(folded);
    }
    return item;
  }

  function outcomeParts(outcome) {
    if (outcome.kind === 'mistake') return [element('p', 'mistake', outcome.message)];
    if (outcome.kind === 'does-not-compile') {
      const errors = element('pre', 'message');
      errors.append(...withLinks(outcome.errors.join('\n\n')));
      errors.tabIndex = 0;
      errors.setAttribute('role', 'region');
      errors.setAttribute('aria-label', 'what the compiler says');
      return [errors];
    }
    // The first failure first, as in the terminal; then the others in their order.
    const first = outcome.checks.find((check) => check.state !== 'passed');
    const others = outcome.checks.filter((check) => check !== first);
    const list = element('ol', 'check-list');
    list.append(...(first ? [first, ...others] : others).map((check) => checkItem(check, check === first)));
    return [list];
  }

  function showVerdict(news) {
    const panel = panelOf(news.chapter);
    if (!panel) return;
    panel.removeAttribute('aria-busy');
    const seconds = (news.verdict.milliseconds / 1000).toFixed(2);
    const head = element('p', `verdict ${news.passes ? 'passes' : 'fails'}`);
    head.append(element('strong', '', `${marks[news.passes ? 'passes' : 'fails']} ${news.line}`), ` in ${seconds} s`);
    panel.replaceChildren(head, ...outcomeParts(news.verdict.outcome));
    announce(`${news.chapter}: ${news.line}`);
    desk?.verdict(news.passes);
  }

  function showChecking(chapter) {
    const panel = panelOf(chapter);
    if (!panel) return;
    panel.setAttribute('aria-busy', 'true');
    const line = element('p', 'verdict checking', 'Compiling and checking …');
    const before = panel.querySelector('.verdict');
    if (before) before.replaceWith(line);
    else panel.replaceChildren(line);
  }

  function markSidebar(chapter, state) {
    for (const link of document.querySelectorAll(`.sidebar a[href$="${CSS.escape(chapter)}.html"]`)) {
      let mark = link.querySelector('.mark');
      if (!mark) {
        mark = element('span', 'mark');
        link.append(mark);
      }
      mark.className = `mark ${state}`;
      const seen = element('span', '', ` ${marks[state]}`);
      seen.setAttribute('aria-hidden', 'true');
      mark.replaceChildren(seen, element('span', 'visually-hidden', ` (${state === 'passes' ? 'passes' : state === 'fails' ? 'does not pass yet' : 'being checked'})`));
    }
  }

  function reload() {
    if (!desk?.isDirty()) {
      location.reload();
      return;
    }
    // What is typed is kept, but nobody wants to lose the place.
    announce('The book has changed. Reload the page when you have saved.');
  }

  const hearing = {
    reload,
    checking: (news) => {
      showChecking(news.chapter);
      markSidebar(news.chapter, 'checking');
    },
    verdict: (news) => {
      showVerdict(news);
      markSidebar(news.chapter, news.passes ? 'passes' : 'fails');
    },
    edited: (news) => { if (panelOf(news.chapter)) desk?.edited(); },
    progress: (news) => showProgress(news.chapters),
  };

  /** A table of chapters with what comes next above it. */
  function showProgress(chapters) {
    const place = document.getElementById('progress');
    if (!place) return;
    const next = chapters.find((chapter) => !chapter.solved);
    const word = element('p');
    if (next) {
      const link = element('a', '', next.title);
      link.href = `${root}${next.name}.html#your-turn`;
      word.append('Next: ', link, next.minutes ? `, about ${next.minutes} minutes.` : '.');
    } else {
      word.append('Every chapter is solved. Take the last part of each, “In your code base”, to yours.');
    }
    const table = element('table');
    const header = table.createTHead().insertRow();
    for (const name of ['Chapter', 'Checks', 'Solved']) {
      const cell = element('th', '', name);
      cell.scope = 'col';
      header.append(cell);
    }
    const body = table.createTBody();
    for (const chapter of chapters) {
      const row = body.insertRow();
      const head = element('th');
      head.scope = 'row';
      const link = element('a', '', chapter.title);
      link.href = `${root}${chapter.name}.html`;
      head.append(link);
      row.append(head);
      row.insertCell().textContent = chapter.checks ? `${chapter.passed} of ${chapter.checks}` : '';
      row.insertCell().textContent = chapter.solved ? 'yes' : 'not yet';
    }
    place.replaceChildren(word, table);
  }

  function showLost() {
    for (const panel of document.querySelectorAll('.checks')) {
      if (panel.querySelector('.lost')) continue;
      panel.removeAttribute('aria-busy');
      panel.prepend(element('p', 'lost', 'The server has stopped: start `cargo workbook` again. What follows is its last verdict.'));
    }
  }

  function listen(server) {
    const source = new EventSource(`${root}workbook/news`);
    source.onmessage = (event) => {
      const news = JSON.parse(event.data);
      hearing[news.kind](news);
    };
    // The browser tries again by itself; on success every chapter's latest verdict comes anew.
    source.onerror = showLost;
    source.onopen = async () => {
      document.querySelectorAll('.checks .lost').forEach((note) => note.remove());
      server.useToken((await site()).token);
    };
  }

  async function site() {
    const answer = await fetch(`${root}workbook.json`);
    return answer.ok ? answer.json() : { live: false };
  }

  /** Opens the desk when the reader comes near: its editor is large. */
  function openDeskNear(panel, server) {
    const watch = new IntersectionObserver(async (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      const { openDesk } = await import(`${base}live/desk.js`);
      const passes = Boolean(panel.querySelector('.verdict.passes'));
      desk = await openDesk(panel, panel.dataset.chapter, { root, server, announce });
      desk.verdict(passes);
    }, { rootMargin: '600px' });
    watch.observe(panel);
  }

  /** Hints come one at a time: each shows the next one's title. */
  function foldHints() {
    const hints = [...document.querySelectorAll('details.hint')];
    hints.slice(1).forEach((hint, at) => {
      hint.hidden = true;
      hints[at].addEventListener('toggle', () => { hint.hidden = false; });
    });
  }

  /** Without a server nobody checks: the reader says what is done. */
  const marked = {
    key: 'workbook-done',
    load: () => JSON.parse(localStorage.getItem(marked.key) ?? '[]'),
    set: (chapter, isDone) => {
      const others = marked.load().filter((name) => name !== chapter);
      localStorage.setItem(marked.key, JSON.stringify(isDone ? [...others, chapter] : others));
    },
  };

  function offerMark(panel) {
    const { chapter } = panel.dataset;
    const box = element('input');
    box.type = 'checkbox';
    box.checked = marked.load().includes(chapter);
    box.addEventListener('change', () => {
      marked.set(chapter, box.checked);
      showMarks();
    });
    const label = element('label');
    label.append(box, ' I have solved this chapter');
    panel.append(label);
  }

  function showMarks() {
    const done = marked.load();
    const links = [...document.querySelectorAll('.sidebar .chapter a')]
      .map((link) => ({ title: link.textContent.replace(/ ✓.*/, ''), name: link.href.match(/(ch\d\d-[\w-]+)\.html$/)?.[1] }))
      .filter(({ name }) => name);
    for (const name of done) markSidebar(name, 'passes');
    showProgress(links.map(({ title, name }) => ({ title, name, solved: done.includes(name) })));
  }

  async function start() {
    // The page that prints the whole book has everything unfolded.
    const prints = location.pathname.endsWith('print.html');
    if (!prints) foldHints();
    const panels = [...document.querySelectorAll('.checks')];
    // Scripts may not read files over file://, and there is no server there anyway.
    const { live, token } = location.protocol.startsWith('http') ? await site() : { live: false };
    if (!live) {
      if (!prints) panels.forEach(offerMark);
      showMarks();
      return;
    }
    document.body.append(announcement);
    const { workbookServer } = await import(`${base}live/server.js`);
    const server = workbookServer(root, token);
    listen(server);
    if (!prints) panels.forEach((panel) => openDeskNear(panel, server));
  }

  start().catch((error) => console.error(error));
})();
