/** How the application is bundled: one self-contained ES module for the command line, with the engine's worker and sql.js beside it. */
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { defineConfig } from 'electron-vite';

/** The command line's file is started by its name. */
const executableEntry = {
  name: 'tenantscope:executable-entry',
  async writeBundle({ dir = '' }: { readonly dir?: string | undefined }) {
    await chmod(path.join(dir, 'cli.js'), 0o755);
  },
};

export default defineConfig({
  main: {
    plugins: [executableEntry],
    build: {
      // Plain Node runs the bundle too; Electron's own Node is newer.
      target: 'node20.19',
      // The packaged application has no node_modules.
      externalizeDeps: false,
      minify: true,
      sourcemap: false,
      rolldownOptions: {
        input: { cli: 'electron/cli/main.ts' },
        output: { format: 'es' },
      },
    },
  },
});
