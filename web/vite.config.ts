import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './scripts/service-worker.mjs';

export default defineConfig({
  plugins: [svelte(), serviceWorker()],
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
  test: { include: ['src/**/*.test.ts'], environment: 'jsdom' },
});
