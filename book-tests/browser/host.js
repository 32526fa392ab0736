// Plain static hosting: files, and nothing that knows of checks.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { openWorkbook } from './workbook.js';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

/** The book as a reader finds it on plain static hosting: its address, the folder that it is in, and its end. */
export async function hostBook() {
  const workbook = await openWorkbook();
  await workbook.stop();
  const server = await host(workbook.built);
  return { url: `http://127.0.0.1:${server.address().port}/`, folder: workbook.built, close: () => server.close() };
}

/** Serves the files of `folder`. */
function host(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, 'http://host').pathname));
    try {
      const body = readFileSync(path);
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
}
