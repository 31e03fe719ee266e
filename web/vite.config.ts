import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { notices } from './scripts/notices.mjs';
import { serviceWorker } from './scripts/service-worker.mjs';
import { texts } from './scripts/texts.mjs';

const version = /project\(attune VERSION ([\d.]+)/.exec(readFileSync('../CMakeLists.txt', 'utf8'))?.[1] ?? '';

export default defineConfig({
  plugins: [svelte(), texts(), notices(), serviceWorker()],
  define: { __ATTUNE_VERSION__: JSON.stringify(version) },
  // Under vitest the browser's half of Svelte is wanted, not the server's.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  server: { fs: { allow: ['..'] } },
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.4'],
    assetsInlineLimit: 0, // the content security policy allows no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts'], environment: 'jsdom', setupFiles: 'src/test-setup.ts', testTimeout: 60_000 },
});
