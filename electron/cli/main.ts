#!/usr/bin/env node
/** The `tenantscope` command: gives the process's words to the command line and leaves its exit code. */
import path from 'node:path';
import process from 'node:process';
import { version } from '../../package.json';
import { commands } from './commands/index';
import { createNodeTerminal } from './node-terminal';
import { runCommandLine } from './run';

// Not awaited here: the host's part of the bundle leans on this one, which must have been evaluated by then.
void runCommandLine(process.argv.slice(2), {
  terminal: createNodeTerminal(process),
  commands,
  version,
  signals: process,
  // It brings sql.js, zod and the HTTP client with it: help and usage errors need none of them.
  openHost: async options => (await import('../node/open-host')).openHost(options),
  openPage: async wish => (await import('../loopback/served-page')).servedPage(wish, { folder: path.join(import.meta.dirname, '../renderer'), platform: process.platform }),
}).then(code => {
  process.exitCode = code;
});
