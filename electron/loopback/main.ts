/** The loopback host as a program: the command line's `start` and nothing else. */
import path from 'node:path';
import process from 'node:process';
import { version } from '../../package.json';
import { startCommand } from '../cli/commands/start';
import { createNodeTerminal } from '../cli/node-terminal';
import { runCommandLine } from '../cli/run';

// Not awaited here: the host's part of the bundle leans on this one, which must have been evaluated by then.
void runCommandLine([startCommand.name, ...process.argv.slice(2)], {
  terminal: createNodeTerminal(process),
  commands: [startCommand],
  version,
  signals: process,
  openHost: async options => (await import('../node/open-host')).openHost(options),
  openPage: async wish => (await import('./served-page')).servedPage(wish, { folder: path.join(import.meta.dirname, '../renderer'), platform: process.platform }),
}).then(code => {
  process.exitCode = code;
});
