// The live part of a page: verdicts on the reader's own files, sent by `cargo workbook`.
// Without that server (static hosting, file://) the page keeps what its Markdown says.
'use strict';

(() => {
  const marks = { passes: '✓', fails: '✗', checking: '…' };
  const stateWords = { passed: 'passed', failed: 'failed', 'timed-out': 'timed out', 'did-not-run': 'did not run' };
  const root = typeof path_to_root === 'string' ? path_to_root : '';

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Announced once per verdict; the panel itself is rebuilt silently.
  const announcement = element('p', 'visually-hidden');
  announcement.setAttribute('role', 'status');

  const panelOf = (chapter) => document.querySelector(`.checks[data-chapter="${CSS.escape(chapter)}"]`);

  function checkItem(check, isFirstFailure) {
    const item = element('li', `check ${check.state}`);
    const sentence = [element('span', 'visually-hidden', `${stateWords[check.state]}: `), element('span', 'sentence', check.sentence)];
    if (check.state === 'passed') {
      item.append(...sentence);
      return item;
    }
    const message = element('pre', 'message', check.message);
    // Wide tables scroll inside; the focus lets the keyboard do it.
    message.tabIndex = 0;
    message.setAttribute('aria-label', `message of the check: ${check.sentence}`);
    message.setAttribute('role', 'region');
    const at = check.at ? [element('p', 'at', check.at)] : [];
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
      const errors = element('pre', 'message', outcome.errors.join('\n\n'));
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
    announcement.textContent = `${news.chapter}: ${news.line}`;
  }

  function showChecking(chapter) {
    const panel = panelOf(chapter);
    if (!panel) return;
    panel.setAttribute('aria-busy', 'true');
    if (!panel.querySelector('.verdict')) {
      panel.replaceChildren(element('p', 'verdict checking', 'Compiling and checking …'));
    }
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

  function hear(news) {
    if (news.kind === 'reload') {
      location.reload();
    } else if (news.kind === 'checking') {
      showChecking(news.chapter);
      markSidebar(news.chapter, 'checking');
    } else {
      showVerdict(news);
      markSidebar(news.chapter, news.passes ? 'passes' : 'fails');
    }
  }

  function showLost() {
    for (const panel of document.querySelectorAll('.checks')) {
      if (panel.querySelector('.lost')) continue;
      panel.removeAttribute('aria-busy');
      panel.prepend(element('p', 'lost', 'The server has stopped: start `cargo workbook` again. What follows is its last verdict.'));
    }
  }

  function listen() {
    const source = new EventSource(`${root}workbook/news`);
    source.onmessage = (event) => hear(JSON.parse(event.data));
    // The browser tries again by itself; on success every chapter's latest verdict comes anew.
    source.onerror = showLost;
    source.onopen = () => document.querySelectorAll('.checks .lost').forEach((note) => note.remove());
  }

  async function start() {
    // Scripts may not read files over file://, and there is no server there anyway.
    if (!location.protocol.startsWith('http')) return;
    const answer = await fetch(`${root}workbook.json`);
    if (!answer.ok || !(await answer.json()).live) return;
    document.body.append(announcement);
    listen();
  }

  start().catch(() => {});
})();
