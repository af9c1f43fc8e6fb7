/** Builds the client into dist/client; in development, passes what the server answers on to it. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, loadEnv, type Plugin } from 'vite';

/**
 * Nothing is painted before the client has run: until then nobody knows the look or the language, and a wall that
 * takes up a new build would flash. Browsers that do not know the attribute leave it be.
 */
const paintOnceStarted: Plugin = {
  name: 'paint-once-started',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

/** The page is told which build it is of: all else that is built has its hash in a name that the page names. */
const nameBuild: Plugin = {
  name: 'name-build',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const build = createHash('sha256').update(html).digest('hex').slice(0, 16);
      return html.replace('</head>', `  <meta name="forewatch-build" content="${build}" />\n  </head>`);
    },
  },
};

export default defineConfig(({ mode }) => {
  const port = loadEnv(mode, '.', 'PORT')['PORT'] ?? '3000';
  const server = `127.0.0.1:${port}`;
  return {
    root: resolve(import.meta.dirname, 'client'),
    plugins: [
      svelte({ configFile: resolve(import.meta.dirname, 'svelte.config.js') }),
      paintOnceStarted,
      nameBuild,
    ],
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
