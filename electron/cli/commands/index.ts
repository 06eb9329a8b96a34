/** Every command, in the order of the help. */
import type { Command } from '../command';
import { connectCommand } from './connect';
import { demoCommand } from './demo';
import { eventCommand } from './event';
import { exportCommand } from './export';
import { forgetCommand } from './forget';
import { importCommand } from './import';
import { startCommand } from './start';
import { statusCommand } from './status';
import { syncCommand } from './sync';
import { verifyCommand } from './verify';
import { viewCommand } from './view';
import { viewsCommand } from './views';

export const commands: readonly Command[] = [
  demoCommand, startCommand, connectCommand, syncCommand, importCommand, viewsCommand, viewCommand, eventCommand, exportCommand, statusCommand, verifyCommand, forgetCommand,
];
