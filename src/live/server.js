// Asks the workbook's own server, with the secret that only its pages can read.

/** `root` leads from the page to the book's first page; `token` is this run's. */
export function workbookServer(root, token) {
  async function ask(path, options) {
    let answer;
    try {
      answer = await fetch(`${root}workbook/${path}`, options);
    } catch {
      throw new Error('The server does not answer: start `cargo workbook` again.');
    }
    if (!answer.ok && answer.status !== 409) throw new Error(`${(await answer.text()).trim()}.`.replace(/\.\.$/, '.'));
    return answer;
  }
  return {
    get: async (path) => (await ask(path)).json(),
    send: (method, path, body) => ask(path, {
      method,
      headers: { 'content-type': 'application/json', 'x-workbook-token': token },
      body: body === undefined ? undefined : JSON.stringify(body),
    }),
    /** A server that was started anew has another secret. */
    useToken: (next) => { token = next; },
  };
}
