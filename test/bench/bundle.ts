/** Bundles the stages as the product is bundled, so that what is measured is code as Node runs it. */
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** Path of the bundled `stage.ts`, beside which the engine's worker lies; names are kept, so that profiles can be read. */
export async function bundleStages(): Promise<string> {
  const folder = join(root, 'test-results', 'bench');
  await build({
    root, configFile: false, logLevel: 'error',
    // sql.js looks for its folder in a way that only its own file allows.
    ssr: { noExternal: true, external: ['sql.js'] },
    build: {
      ssr: true, target: 'node20.19', minify: false, outDir: folder, emptyOutDir: true,
      rolldownOptions: {
        input: { stage: join(root, 'test/bench/stage.ts'), worker: join(root, 'electron/node/worker.ts') },
        // The stages tell the host where its engine lies; this look-up is for the product's own bundler.
        external: [/engine-paths$/], output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return join(folder, 'stage.js');
}
