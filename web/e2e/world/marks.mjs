// Marked texts, and looking for them where they must not be (docs/THREAT_MODEL.md).
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

const begins = 'canary-';

/** A text nobody else writes. */
export const mark = (of) => `${begins}${of}-${randomBytes(9).toString('hex')}`;

/** The forms in which a text may lie somewhere: plain, as UTF-16, in base64 at each of its three offsets, in hex. */
function forms(text) {
  const plain = Buffer.from(text, 'utf8');
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), plain]).toString('base64');
    return Buffer.from(whole.slice(offset === 0 ? 0 : 4, Math.floor((offset + plain.length) / 3) * 4));
  });
  return [plain, Buffer.from(text, 'utf16le'), ...base64, ...base64.map((form) => Buffer.from(form.toString().replaceAll('+', '-').replaceAll('/', '_'))), Buffer.from(plain.toString('hex'))];
}

const beginnings = forms(begins);

/** Which of the texts stand in the bytes. Marks all begin alike: where no beginning is, none need be looked for. */
export function found_in(bytes, texts) {
  const marked = texts.every((text) => text.startsWith(begins));
  if (marked && !beginnings.some((form) => bytes.includes(form))) return [];
  return texts.filter((text) => forms(text).some((form) => bytes.includes(form)));
}

/** Which of the marks stand in any file below a folder. */
export function found_in_files(folder, marks) {
  const found = new Set();
  for (const entry of readdirSync(folder, { recursive: true })) {
    const path = join(folder, entry);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    try {
      for (const text of found_in(readFileSync(path), marks)) found.add(text);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error; // a browser at work clears away its journals
    }
  }
  return [...found];
}

/** Which of the marks stand in the memory of a process. */
export function found_in_memory(pid, marks) {
  const found = new Set();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const step = 8 * 1024 * 1024;
  const overlap = 4096;
  let read = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (!region) continue;
      const end = Number.parseInt(region[2], 16);
      for (let at = Number.parseInt(region[1], 16); at < end; at += step) {
        const bytes = Buffer.alloc(Math.min(step + overlap, end - at));
        try {
          const got = readSync(memory, bytes, 0, bytes.length, at);
          read += got;
          for (const text of found_in(bytes.subarray(0, got), marks)) found.add(text);
        } catch {
          // a page that is not there (any more)
        }
      }
    }
  } finally {
    closeSync(memory);
  }
  if (read === 0) throw new Error(`nothing of the memory of ${pid} could be read`);
  return [...found];
}

/** A process and all it has started. */
function family(pid) {
  const parents = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'));
      parents.set(Number(entry), Number(parent));
    } catch {
      // gone meanwhile
    }
  }
  const all = [pid];
  for (const each of all) for (const [child, parent] of parents) if (parent === each) all.push(child);
  return all;
}

/** Which of the marks stand in the memory of a process or of any that it has started. Those may end meanwhile. */
export function found_in_family(pid, marks) {
  const found = new Set(found_in_memory(pid, marks));
  let read = 0;
  for (const started of family(pid).slice(1)) {
    try {
      for (const text of found_in_memory(started, marks)) found.add(text);
      read += 1;
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    }
  }
  if (read === 0) throw new Error(`none of what ${pid} has started could be read`);
  return [...found];
}
