// Plain static hosting: files, and nothing that knows of checks.

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { openWorkbook, ownFolder, repository } from './workbook.js';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

/** The book as a reader finds it on plain static hosting: its address, the folder that it is in, and its end. */
export async function hostBook() {
  return host(await build());
}

/** The book as a reader finds it at the place of publishing. */
export async function hostPublishedBook() {
  const folder = await ownFolder('published');
  cpSync(await build(), folder, { recursive: true });
  execFileSync('bash', [join(repository, '.github/publish'), folder, 'https://book.example/']);
  return host(folder);
}

async function build() {
  const workbook = await openWorkbook();
  await workbook.stop();
  return workbook.built;
}

/** Serves the files of `folder`. */
async function host(folder) {
  const server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, 'http://host').pathname));
    try {
      const body = readFileSync(path);
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${server.address().port}/`, folder, close: () => server.close() };
}
