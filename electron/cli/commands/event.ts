/** `event`: one log event exactly as Auth0 sent it. */
import type { Invocation } from '../arguments';
import { tenantFlag } from '../command';
import type { Command, Task } from '../command';
import { requiredArgument, requiredTenant } from '../flag-values';

export const eventCommand: Command = {
  name: 'event',
  summary: 'Prints one log event exactly as Auth0 sent it.',
  argumentNames: 'LOG_ID',
  maxArguments: 1,
  flags: [tenantFlag],
  notes: ['The bytes of the event, then one newline; --json changes nothing.'],
  examples: ['tenantscope event 90020260301120000123456000000000000001223372036854775807 --tenant acme.eu.auth0.com'],
  interrupt: 'leave',
  folder: 'open',
  prepare,
};

const newline = Buffer.from('\n');

function prepare(invocation: Invocation): Task {
  const logId = requiredArgument(invocation, 'a LOG_ID');
  const tenant = requiredTenant(invocation);
  return async ({ host, signal, output }) => {
    const { base64 } = await host.call('event.read', { tenant, logId }, { signal });
    await output.bytes(Buffer.concat([Buffer.from(base64, 'base64'), newline]));
    return 0;
  };
}
