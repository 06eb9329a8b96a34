/** Collects names, versions and licences of every package the application is built from, for the page that shows them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const licenseFile = /^(\w+_)?(licen[cs]e|copying|notice)([.-].*)?$/i;
/** Kept short of what a reply may hold. */
const longestText = 100_000;

const readManifest = folder => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** Where Node finds a package asked for from inside a folder; null when it is not installed. */
function folderOf(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === root || folder === path.dirname(folder)) return null;
  }
}

function licenseText(folder) {
  const names = readdirSync(folder).filter(name => licenseFile.test(name)).sort();
  return names.map(name => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n').slice(0, longestText);
}

function nameOfLicense({ license, licenses }) {
  const given = license ?? licenses?.[0];
  return typeof given === 'string' ? given : (given?.type ?? 'unknown');
}

/** All packages that `dependencies` lead to, each version once, by name. Optional peers that are not installed are left out. */
export function bundledLicenses() {
  const found = new Map();
  const visit = (folder, manifest) => {
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      const place = folderOf(name, folder);
      // Types are not part of what is built.
      if (place === null || found.has(place) || name.startsWith('@types/')) continue;
      const its = readManifest(place);
      found.set(place, { name: its.name, version: its.version, license: nameOfLicense(its), text: licenseText(place) });
      visit(place, its);
    }
  };
  visit(root, readManifest(root));
  // One package may lie in several places in one version.
  const distinct = new Map([...found.values()].map(its => [`${its.name} ${its.version}`, its]));
  return [...distinct.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A plugin of the bundler that writes them as an asset. */
export function licensesAsset(fileName) {
  return {
    name: 'tenantscope:licenses',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: JSON.stringify({ licenses: bundledLicenses() }) });
    },
  };
}
