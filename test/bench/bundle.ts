/** Bundles the stages as the product is bundled, so that what is measured is code as Node runs it. */
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** Path of the bundled `stage.ts`; names are kept, so that profiles can be read. */
export async function bundleStages(): Promise<string> {
  const folder = join(root, 'test-results', 'bench');
  await build({
    root, configFile: false, logLevel: 'error',
    // sql.js looks for its folder in a way that only its own file allows.
    ssr: { noExternal: true, external: ['sql.js'] },
    build: {
      ssr: true, target: 'node20.19', minify: false, outDir: folder, emptyOutDir: true,
      rolldownOptions: { input: { stage: join(root, 'test/bench/stage.ts') }, output: { format: 'es' } },
    },
  });
  return join(folder, 'stage.js');
}
