/** Builds the client into dist/client; in development, passes what the server answers on to it. */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  const port = loadEnv(mode, '.', 'PORT')['PORT'] ?? '3000';
  const server = `127.0.0.1:${port}`;
  return {
    root: resolve(import.meta.dirname, 'client'),
    plugins: [svelte({ configFile: resolve(import.meta.dirname, 'svelte.config.js') })],
    build: {
      outDir: '../dist/client',
      emptyOutDir: true,
      target: 'es2023',
      // The coast is a file of its own, fetched after the first picture.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
    },
    server: {
      proxy: {
        '/api': `http://${server}`,
        '/live': { target: `ws://${server}`, ws: true },
      },
    },
  };
});
