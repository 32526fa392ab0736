// Colours for the Rust and the commands of this book, in the place of mdBook's highlight.js: that one knows many
// languages, is nearly half of all that a page waits for, and runs before the page is seen. This one runs after it.
'use strict';

window.hljs = (() => {
  const keywords = 'as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut '
    + 'pub ref return self Self static struct super trait type union unsafe use where while';
  const languages = {
    rust: {
      comment: /\/\/[^\n]*|\/\*[^]*?\*\//,
      string: /b?r(?<hashes>#*)"[^]*?"\k<hashes>|b?"(?:[^"\\]|\\[^])*"|b?'(?:[^'\\\n]|\\(?:u\{[^}]*\}|x[0-9a-fA-F]{2}|.))'/,
      symbol: /'[a-z_]\w*/,
      meta: /#!?\[[^\]]*\]/,
      number: /\b(?:0[xob][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)(?:_?[iuf](?:8|16|32|64|128|size))?\b/,
      title: /(?<=\bfn\s+)\w+/,
      keyword: new RegExp(`\\b(?:${keywords.replaceAll(' ', '|')})\\b`),
      literal: /\b(?:true|false|None|Some|Ok|Err)\b/,
      built_in: /\b\w+!(?=\s*[([{])/,
      type: /\b(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|str|[A-Z]\w*[a-z]\w*)\b/,
    },
    diff: { meta: /^(?:\$ |@@|---|\+\+\+)[^\n]*/, addition: /^\+[^\n]*/, deletion: /^-[^\n]*/ },
    console: { meta: /^\$(?= )/ },
    sh: { comment: /(?<=^|\s)#[^\n]*/, string: /'[^']*'|"[^"]*"/ },
  };
  for (const [name, kinds] of Object.entries(languages)) {
    const parts = Object.entries(kinds).map(([kind, { source }]) => `(?<${kind}>${source})`);
    languages[name] = { kinds: Object.keys(kinds), pattern: new RegExp(parts.join('|'), 'gm') };
  }

  /** The pieces of `text` that have a colour: where each begins and ends, and its kind. */
  function pieces(text, { kinds, pattern }) {
    return [...text.matchAll(pattern)].map(({ 0: piece, index, groups }) => ({
      from: index, to: index + piece.length, kind: kinds.find((kind) => groups[kind] !== undefined),
    }));
  }

  /** Colours the text inside `block`; elements in it, such as lines that are hidden, stay. */
  function colour(block, language) {
    const found = pieces(block.textContent, language);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    let start = 0;
    let next = 0;
    for (const node of nodes) {
      const text = node.data;
      const end = start + text.length;
      const parts = [];
      let at = start;
      while (next < found.length && found[next].from < end) {
        const { from, to, kind } = found[next];
        const [begin, stop] = [Math.max(from, start), Math.min(to, end)];
        const coloured = document.createElement('span');
        coloured.className = `hljs-${kind}`;
        coloured.textContent = text.slice(begin - start, stop - start);
        parts.push(text.slice(at - start, begin - start), coloured);
        at = stop;
        if (to > end) break;
        next += 1;
      }
      if (parts.length) node.replaceWith(...parts, text.slice(at - start));
      start = end;
    }
  }

  return {
    configure() {},
    highlightBlock(block) {
      const language = languages[block.className.match(/language-(\w+)/)?.[1]];
      // The page is to be seen first; a colour moves nothing.
      if (language) setTimeout(() => colour(block, language));
    },
    pieces: (text, name) => pieces(text, languages[name]),
  };
})();
