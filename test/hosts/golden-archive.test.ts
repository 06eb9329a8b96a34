import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { oddEvents } from '../auth0-simulator/index';
import type { CommandLine } from '../builders/command-line';
import { commandLine, statusOf } from '../builders/command-line';

const archives = join(import.meta.dirname, '../fixtures/archives');
const open: CommandLine[] = [];
afterEach(() => { for (const line of open.splice(0)) line.end(); });

/** What each golden folder holds; made once by that version, with the passphrase `golden passphrase`, and never again. */
const golden = {
  'version-1': {
    tenant: 'golden', events: 213, revisions: 1,
    digest: 'f900613abff87b21dc2b6a235ccecf4915178de08618ff5b9b96704723310e80',
    contentDigest: '1e168626f8704d7ff199207429f95e7e8e0551bd9c4471c6312c6c5e14cb14c3',
  },
} as const;

it('there is a test for each golden folder', () => {
  expect(readdirSync(archives).sort()).toEqual(Object.keys(golden));
});

describe.each(Object.entries(golden))('an archive of %s', (version, expected) => {
  it('is read whole, and reading changes no byte of it', async () => {
    const line = commandLine('golden passphrase');
    open.push(line);
    cpSync(join(archives, version), line.dataDir, { recursive: true });
    expect(await statusOf(line, expected.tenant)).toMatchObject({ ...expected, gaps: [] });
    const files = readdirSync(join(archives, version), { recursive: true, encoding: 'utf8', withFileTypes: true }).filter(entry => entry.isFile());
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name).slice(join(archives, version).length);
      expect(readFileSync(join(line.dataDir, path)).equals(readFileSync(join(parentPath, name))), path).toBe(true);
    }
  });

  it('gives back events whose id only their envelope had', async () => {
    const line = commandLine('golden passphrase');
    open.push(line);
    cpSync(join(archives, version), line.dataDir, { recursive: true });
    const [odd] = oddEvents(Date.UTC(2026, 10, 1));
    const shown = await line.run(['event', odd?.logId ?? '', '--tenant', expected.tenant]);
    expect(JSON.parse(shown.text)).not.toHaveProperty('log_id');
    expect(JSON.parse(shown.text)).toMatchObject({ type: 'type_of_next_year' });
  });
});
