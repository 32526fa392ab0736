// The stream of news from the server. A browser gives a host six connections in all: a page that nobody sees gives its
// one back, whether its tab is in the background or it was left and may be come back to.

/**
 * Listens at `url` while the page is seen, and calls `heard` with each piece of news, `opened` and `lost` as it goes. Returns what begins anew,
 * for a connection that says nothing.
 */
export function listen(url, { heard, opened, lost }) {
  let source;
  function open() {
    if (source || document.visibilityState === 'hidden') return;
    source = new EventSource(url);
    source.onmessage = (event) => heard(JSON.parse(event.data));
    // The browser tries again by itself; on success the latest of everything comes anew.
    source.onerror = lost;
    source.onopen = opened;
  }
  function close() {
    source?.close();
    source = undefined;
  }
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? close() : open()));
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  open();
  return () => {
    close();
    open();
  };
}
