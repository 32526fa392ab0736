// Asks the workbook's own server, with the secret that only its pages can read.

/** For so many seconds an answer is waited for, before it is asked for again. */
const patience = 4;
const attempts = 8;

/**
 * `root` leads from the page to the book's first page; `token` is this run's. Each request may be sent twice without harm. `waits` is
 * called with a sentence each time that no answer came.
 */
export function workbookServer(root, token, waits) {
  async function reachOnce(path, options) {
    try {
      return await fetch(`${root}workbook/${path}`, options);
    } catch (error) {
      if (error.name === 'TimeoutError') throw error;
      throw new Error('The server does not answer: start `cargo workbook` again.');
    }
  }
  async function reach(path, options) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await reachOnce(path, { ...options, signal: AbortSignal.timeout(patience * 1000) });
      } catch (error) {
        if (error.name !== 'TimeoutError') throw error;
        const silence = `The server has not answered for ${attempt * patience} s`;
        if (attempt === attempts) throw new Error(`${silence}: is it busy, or stopped?`);
        waits(`${silence}. Asking again …`);
      }
    }
  }
  async function ask(path, options, by = reach) {
    const answer = await by(path, options);
    if (!answer.ok && answer.status !== 409) throw new Error(`${(await answer.text()).trim()}.`.replace(/\.\.$/, '.'));
    return answer;
  }
  const request = (method, body) => ({
    method,
    headers: { 'content-type': 'application/json', 'x-workbook-token': token },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return {
    get: async (path) => (await ask(path)).json(),
    send: (method, path, body) => ask(path, request(method, body)),
    /** Asks once, for what may take minutes. */
    wait: async (path) => (await ask(path, request('POST', null), reachOnce)).json(),
    /** A server that was started anew has another secret. */
    useToken: (next) => { token = next; },
  };
}
