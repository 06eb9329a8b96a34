/** `forget`: erases a tenant, or one of its users, for good. */
import { Failure } from '../../../shared/errors';
import type { RemovalReceipt } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { exitPartial, switchFlag, valueFlag } from '../command';
import type { Command, Task } from '../command';
import { damageLines } from '../damage';
import { isGiven, optionalValue, requiredTenant } from '../flag-values';
import type { Terminal } from '../terminal';
import { visibleText } from '../visible-text';
import { countOf } from '../wording';

export const forgetCommand: Command = {
  name: 'forget',
  summary: 'Erases a tenant, or one user of it, for good.',
  argumentNames: '',
  maxArguments: 0,
  flags: [
    valueFlag('tenant', 'D', 'A tenant\'s domain or the name of an import.'),
    valueFlag('user', 'ID', 'Erase the events whose user_id this is, instead of the whole tenant.'),
    switchFlag('yes', 'Do not ask for the tenant\'s name at a terminal.'),
  ],
  notes: [
    'A tenant\'s key is destroyed first, then its files. A user\'s events are taken out of the archive, and a tombstone without the id keeps later syncs and imports from bringing them back.',
    'No copy is kept. Backups and exports made before are yours to erase. Exits 3 when damaged bytes were dropped that nobody could read.',
  ],
  examples: ['tenantscope forget --tenant acme.eu.auth0.com --user \'auth0|123\'', 'tenantscope forget --tenant old-logs --yes'],
  interrupt: 'wind-up',
  folder: 'open',
  prepare,
};

async function prepare(invocation: Invocation, terminal: Terminal): Promise<Task> {
  const tenant = requiredTenant(invocation);
  const userId = optionalValue(invocation, 'user');
  const canAsk = terminal.inputIsTerminal && terminal.talkIsTerminal;
  if (canAsk && !isGiven(invocation, 'yes')) await confirm(terminal, { tenant, userId });
  return userId === null ? forgetTenant(tenant) : forgetUser(tenant, userId);
}

/** A script says what it means; a person is asked once more. @throws Failure operation.cancelled */
async function confirm(terminal: Terminal, { tenant, userId }: { readonly tenant: string; readonly userId: string | null }): Promise<void> {
  const what = userId === null ? `everything stored of ${tenant}, its key first` : `every event of ${userId} in ${tenant}`;
  terminal.talk(`This erases ${visibleText(what)}. It cannot be undone.\n`);
  const typed = await terminal.askLine(`Type ${visibleText(tenant)} to go on: `);
  if (typed?.trim() !== tenant) throw new Failure('operation.cancelled');
}

const forgetTenant = (tenant: string): Task => async ({ host, signal, output }) => {
  const receipt = await host.call('tenant.forget', { tenant }, { signal });
  await output.answer(receipt, () => [`${visibleText(tenant)} is erased.`]);
  return 0;
};

const forgetUser = (tenant: string, userId: string): Task => async ({ host, signal, output }) => {
  const receipt = await host.call('user.forget', { tenant, userId }, { signal });
  await output.answer(receipt, () => receiptLines(receipt));
  return receipt.damaged.length > 0 ? exitPartial : 0;
};

function receiptLines({ tenant, events, versions, setAside, damaged }: RemovalReceipt): readonly string[] {
  return [
    `${visibleText(tenant)}: ${countOf(events, 'event')}, ${countOf(versions, 'other version')} and ${countOf(setAside, 'entry', 'entries')} set aside were erased. None will come back.`,
    ...(damaged.length === 0 ? [] : ['Damaged bytes that nobody could read were erased too, as they may have been of the user:', ...damageLines(damaged)]),
  ];
}
