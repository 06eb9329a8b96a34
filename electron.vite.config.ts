/** How the application is bundled: self-contained ES modules for each host, with the engine's worker and sql.js beside them, and the page they show. */
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { licensesAsset } from './scripts/bundled-licenses.mjs';

/** The command line's file is started by its name. */
const executableEntry = {
  name: 'tenantscope:executable-entry',
  async writeBundle({ dir = '' }: { readonly dir?: string | undefined }) {
    await chmod(path.join(dir, 'cli.js'), 0o755);
  },
};

export default defineConfig({
  main: {
    plugins: [executableEntry, licensesAsset('licenses.json')],
    build: {
      // Plain Node runs the bundle too; Electron's own Node is newer.
      target: 'node20.19',
      // The packaged application has no node_modules.
      externalizeDeps: false,
      minify: true,
      sourcemap: false,
      rolldownOptions: {
        input: { cli: 'electron/cli/main.ts', loopback: 'electron/loopback/main.ts', desktop: 'electron/desktop/main.ts' },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file that can require nothing but electron.
      externalizeDeps: false,
      minify: true,
      sourcemap: false,
      rolldownOptions: {
        input: { preload: 'electron/desktop/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // The same files are served under app://main/ and http://127.0.0.1:PORT/.
    base: './',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      target: 'chrome130',
      minify: true,
      sourcemap: false,
      chunkSizeWarningLimit: 2_000,
      // The policy of the page allows neither inline scripts nor fonts and styles out of data addresses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
