/** Builds a program of the tests with all it imports into one file of plain JavaScript, so that child processes start in milliseconds. */
import { resolve } from 'node:path';
import { build } from 'vite';

/** Packages written as CommonJS ask where they lie. */
const commonJsNames = 'const __filename = import.meta.filename; const __dirname = import.meta.dirname;';

/** `program` from the root of the checkout; returns the absolute path of an ES module in `outDir`. */
export async function builtModule(program: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: resolve(program), outDir, emptyOutDir: false, minify: false, rolldownOptions: { output: { format: 'es', entryFileNames: '[name].mjs', banner: commonJsNames } } },
  });
  return resolve(outDir, `${program.replace(/^.*\/|\.ts$/g, '')}.mjs`);
}
