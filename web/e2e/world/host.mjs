// The app from a host of static files, apart from any relay.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { web_root } from './relay.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

export class Host {
  #server;

  /** `headers`: what it says with every file besides its type. */
  static async start(headers = {}) {
    const host = new Host();
    host.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url, 'http://localhost');
      const file = join(web_root, pathname === '/' ? 'index.html' : pathname);
      const type = types[extname(file)];
      if (type === undefined || !existsSync(file)) response.writeHead(404, headers).end();
      else response.writeHead(200, { ...headers, 'Content-Type': type }).end(readFileSync(file));
    }).listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  get address() {
    return `http://localhost:${this.#server.address().port}`;
  }

  async close() {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

/** The strict ones, as a relay says them with the app it serves. */
export async function strict_headers(relay) {
  const { headers } = await fetch(relay.address);
  const names = [
    'content-security-policy', 'cross-origin-opener-policy', 'cross-origin-embedder-policy', 'cross-origin-resource-policy',
    'permissions-policy', 'referrer-policy', 'x-content-type-options',
  ];
  return Object.fromEntries(names.map((name) => [name, headers.get(name)]));
}
