import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const sources = ['shared', 'electron', 'renderer'].flatMap(folder => readTree(folder));

function readTree(folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name)).map(name => posix.join(folder, name.split(sep).join('/')));
  } catch {
    return [];
  }
}

type Rule = { readonly folder: string; readonly mayImport: readonly RegExp[]; readonly because: string };

const zod = /^zod$/;
const shared = /^shared\//;
/** The first rule whose folder holds the file counts. */
const rules: readonly Rule[] = [
  { folder: 'shared/', mayImport: [shared, zod], because: 'shared/ imports shared/ and zod only' },
  { folder: 'electron/engine/sample/', mayImport: [shared, /^electron\/engine\/sample\//], because: 'the sample is a world of its own' },
  { folder: 'electron/engine/', mayImport: [shared, /^electron\/engine\//, zod, /^sql\.js$/, /^bowser$/], because: 'the engine imports shared/ and itself; a host fills its ports' },
  { folder: 'electron/auth0/', mayImport: [shared, /^electron\/auth0\//, zod], because: 'what sees secrets imports shared/ and its own ports only' },
  { folder: 'electron/vault/', mayImport: [shared, /^electron\/vault\//, zod], because: 'what sees secrets imports shared/ and its own ports only' },
  { folder: 'electron/node/', mayImport: [shared, /^electron\/(node|auth0|vault)\//, /^electron\/engine\/(index|ports)$/, /^node:/, /^sql\.js/, /^undici$/, /^maxmind$/, /^@ip-location-db\//, /^package\.json$/, zod], because: 'adapters see the engine through its door and its ports' },
  { folder: 'electron/cli/main.ts', mayImport: [/^electron\/cli\//, /^electron\/node\/open-host$/, /^electron\/loopback\/served-page$/, /^node:/, /^package\.json$/], because: 'the program brings the hosts together and does nothing itself' },
  { folder: 'electron/desktop/', mayImport: [shared, /^electron\/(desktop|node|auth0)\//, /^node:/, /^electron$/, zod], because: 'the desktop goes through electron/node/, and is the only one to see Electron' },
  { folder: 'electron/cli/', mayImport: [shared, /^electron\/(cli|node)\//, /^node:/, /^package\.json$/], because: 'a host goes through electron/node/' },
  { folder: 'electron/loopback/', mayImport: [shared, /^electron\/(loopback|cli|node)\//, /^node:/, /^package\.json$/], because: 'a host goes through electron/node/; this one runs in a terminal' },
  { folder: 'renderer/components/', mayImport: [shared, /^renderer\/(components|theme)\//, /^react(-dom)?$/, /^@base-ui\/react\//, /^lucide-react$/, /^@tanstack\/react-(table|virtual)$/], because: 'components take data and callbacks: they fetch nothing' },
  { folder: 'renderer/charts/', mayImport: [shared, /^renderer\/(charts|components|theme)(\/|$)/, /^react$/, /^lucide-react$/, /^echarts\//], because: 'charts take data and callbacks, and are the only ones to know how they are drawn' },
  { folder: 'renderer/', mayImport: [shared, /^renderer\//, /^react$/, /^react-dom(\/client)?$/, /^@base-ui\/react\//, /^lucide-react$/, /^@tanstack\/react-/, zod], because: 'the page imports shared/ and renderer/ and asks by name' },
];

type Import = { readonly file: string; readonly line: number; readonly from: string };

/** Every import, export-from and dynamic import of a file, with relative ones resolved to the root. */
function importsOf(file: string): Import[] {
  return readFileSync(join(root, file), 'utf8').split('\n').flatMap((text, index) =>
    [...text.matchAll(/^(?:import|export|\}) ?[^']*from '([^']+)'|import\('([^']+)'\)|^import '([^']+)'/g)].map(match => {
      const named = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\?\w+$/, '');
      const from = named.startsWith('.') ? relative(root, join(root, dirname(file), named)).split(sep).join('/') : named;
      return { file, line: index + 1, from };
    }));
}

it('every import goes in an allowed direction', () => {
  const broken = sources.flatMap(importsOf).flatMap(({ file, line, from }) => {
    const rule = rules.find(known => file.startsWith(known.folder));
    if (rule === undefined) return [`${file}:${String(line)} is in no folder that has a rule`];
    return rule.mayImport.some(pattern => pattern.test(from)) ? [] : [`${file}:${String(line)} imports ${from}: ${rule.because}`];
  });
  expect(broken).toEqual([]);
});

it('nothing outside electron/desktop imports Electron', () => {
  expect(sources.flatMap(importsOf).filter(({ file, from }) => /^electron(\/|$)/.test(from) && !from.startsWith('electron/') && !file.startsWith('electron/desktop/'))).toEqual([]);
});

it('the layers of the engine point one way: queries and sync to the store, the store to neither', () => {
  const store = sources.filter(file => file.startsWith('electron/engine/store/'));
  const allowed = /^(shared|electron\/engine\/(store|json|sample))\/|^electron\/engine\/(ports|sync\/normalize-log-event|columns\/(columns|id-column|snapshot[a-z-]*))$|^(sql\.js|bowser|zod)$/;
  expect(store.flatMap(importsOf).filter(({ from }) => !allowed.test(from))).toEqual([]);
});

it('only the store and the queries write SQL', () => {
  const offenders = sources.filter(file => !/electron\/engine\/(store|queries)\//.test(file))
    .filter(file => /\b(SELECT .+ FROM|INSERT INTO|CREATE TABLE|DELETE FROM)\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(offenders).toEqual([]);
});

it('no source has a default export, mutable module state, or a file over 300 lines', () => {
  const offenders = sources.flatMap(file => {
    const text = readFileSync(join(root, file), 'utf8');
    return [
      ...(/^export default/m.test(text) ? [`${file}: default export`] : []),
      ...(/^(export )?let /m.test(text) ? [`${file}: module-level let`] : []),
      ...(text.split('\n').length > 301 ? [`${file}: over 300 lines`] : []),
      ...(file.endsWith('.d.ts') || /^(#!.*\n)?\/\*\*/.test(text) ? [] : [`${file}: does not open with what it is for`]),
    ];
  });
  expect(offenders).toEqual([]);
});
