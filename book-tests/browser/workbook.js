// A copy of the workbook as it is shipped, with its server: what a reader has open, and may spoil.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const made = join(process.env.CARGO_TARGET_DIR ?? join(repository, 'target'), 'browser');
const compiled = join(made, '../debug');

/**
 * Takes a folder that no other process has, for the copy and whatever else one file of tests writes, until this process ends: whoever
 * listens on its port has it. `--test-concurrency` is how many are in use; a further one waits, and says so.
 */
const ours = (async () => {
  const lanes = 4;
  const first = 20_000 + (createHash('sha256').update(made).digest().readUInt16LE() % 2_000) * lanes;
  for (let attempt = 0; ; attempt += 1) {
    for (let lane = 0; lane < lanes; lane += 1) {
      if (await takes(first + lane)) return join(made, `lane-${lane}`);
    }
    if (attempt === 0) console.error(`${lanes} files of browser tests run in ${made}: waiting until one ends`);
    await setTimeout(500);
  }
})();

function takes(port) {
  return new Promise((resolve) => {
    const server = createServer().unref();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

/** A folder of this name that no other file of tests has now. */
export const ownFolder = async (name) => join(await ours, name);

/**
 * Lays out the copy. What is compiled already is used again, and cargo tells packages in a shared target folder apart
 * by their path inside the workspace: so the copy lies one folder below its own, which each process has by another name.
 */
async function layOut() {
  const workspace = await ours;
  const inside = basename(workspace);
  const folder = join(workspace, inside);
  rmSync(workspace, { recursive: true, force: true });
  for (const part of ['book.toml', 'src', 'theme', 'exercises', 'solutions', 'README.md']) {
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  }
  for (const chapter of readdirSync(join(folder, 'exercises')).filter((name) => /^ch\d/.test(name))) {
    const crate = join(folder, 'exercises', chapter);
    cpSync(join(crate, 'shipped.rs'), join(crate, 'src/lib.rs'));
  }
  const manifest = readFileSync(join(repository, 'Cargo.toml'), 'utf8')
    .replace(/^members = \[\n[^]*?\n\]/m, `members = ["${inside}/exercises/ch[0-9]*"]`)
    .replace(/^default-members = \[\n[^]*?\n\]/m, '')
    .replace(/path = "/g, `path = "${repository}/`);
  writeFileSync(join(workspace, 'Cargo.toml'), manifest);
  cpSync(join(repository, 'Cargo.lock'), join(workspace, 'Cargo.lock'));
  const target = join(made, 'target');
  mkdirSync(target, { recursive: true });
  try {
    symlinkSync(compiled, join(target, 'debug'));
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  return { folder, target };
}

/** The addresses with the key, as a reader opens them, by those of the servers. */
const keys = new Map();

/** What a browser that has opened the address with the key sends: the cookies for `url`. */
export function cookiesFor(url) {
  const { origin, port } = new URL(url);
  const value = keys.get(origin);
  return value ? [{ name: `workbook-${port}`, value, url: origin, httpOnly: true, sameSite: 'Strict' }] : [];
}

/** Starts a program of the workbook in `folder`, and tells its process and the first address that it prints, without its key. */
function run(program, flags, { folder, target }) {
  return new Promise((resolve, reject) => {
    const { CARGO_MANIFEST_DIR, ...env } = process.env;
    const server = spawn(join(compiled, program), flags, { cwd: folder, env: { ...env, CARGO_TARGET_DIR: target } });
    let printed = '';
    const listen = (data) => {
      printed += data;
      const url = printed.match(/ is at (\S+)/)?.[1];
      if (!url) return;
      const { origin, searchParams } = new URL(url);
      keys.set(origin, searchParams.get('key'));
      resolve({ server, url: `${origin}/`, opens: url });
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('error', (error) => reject(new Error(`${program}: ${error.message}; cargo build --package ${program} makes it`)));
    server.on('exit', (code) => reject(new Error(`${program} ended with ${code}: ${printed}`)));
  });
}

const ended = (server) => new Promise((resolve) => {
  if (server.exitCode !== null || server.signalCode !== null) resolve();
  server.once('exit', resolve);
  server.kill();
});

/** Starts the server on a free port. `stop` and `start` again keep the port and the reader's files. */
export async function openWorkbook() {
  const place = await layOut();
  const { folder } = place;
  let { server, url, opens } = await run('workbook-server', ['--port', '0'], place);
  const exercise = (chapter) => join(folder, 'exercises', chapter, 'src/lib.rs');
  return {
    url,
    /** The address as it is printed, with the key. */
    opens,
    folder,
    place,
    /** The book's first build. */
    built: join(folder, '.workbook/site/book-a'),
    exercise,
    read: (chapter) => readFileSync(exercise(chapter), 'utf8'),
    write: (chapter, text) => writeFileSync(exercise(chapter), text),
    stop: () => ended(server),
    async start(flags = []) {
      ({ server } = await run('workbook-server', ['--port', new URL(url).port, ...flags], place));
    },
  };
}

/** Starts a class board on a free port, for the class that is kept in the folder of `workbook`. */
export async function openBoard({ place }) {
  const code = 'k7q2mx4p';
  let { server, url, opens } = await run('workbook-class', ['--port=0', `--code=${code}`], place);
  return {
    url,
    opens,
    invitation: url + code,
    stop: () => ended(server),
    async start() {
      ({ server } = await run('workbook-class', [`--port=${new URL(url).port}`], place));
    },
  };
}

/** The pages in the order of `src/SUMMARY.md`, and those that mdBook adds. */
export function pageNames() {
  const summary = readFileSync(join(repository, 'src/SUMMARY.md'), 'utf8');
  const own = [...summary.matchAll(/\(([\w/-]+)\.md\)/g)].map(([, name]) => name);
  return [...own, 'print', '404'];
}

/** Those of chapters. */
export function chapterNames() {
  return pageNames().filter((name) => /^ch\d/.test(name));
}

/** A solution's text as it stands in the exercise's place. */
export function solution(chapter) {
  return readFileSync(join(repository, 'solutions', chapter, 'src/lib.rs'), 'utf8')
    .replace(/^\s*#\[path = "\.\.\/\.\.\/\.\.\/exercises\/.*\n/gm, '');
}
