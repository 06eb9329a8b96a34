/** `start`: the application as a page in the browser, for as long as the command runs. */
import { isTenantName } from '../../../shared/domain/data-folder';
import { Failure } from '../../../shared/errors';
import type { Invocation } from '../arguments';
import { switchFlag, tenantFlag, valueFlag } from '../command';
import type { Command } from '../command';
import { hasDisplay } from '../display';
import { isGiven, optionalNumber, optionalTenant } from '../flag-values';

function tenantOf(invocation: Invocation): string | null {
  const tenant = optionalTenant(invocation);
  if (tenant !== null && !isTenantName(tenant)) throw new Failure('usage.value-invalid', { flag: '--tenant', value: tenant, expected: 'Give the name of a tenant, such as acme.eu.auth0.com or sample.' });
  return tenant;
}

export const startCommand: Command = {
  name: 'start',
  summary: 'Opens Tenantscope in a browser, on an address that only this machine reaches.',
  argumentNames: '',
  maxArguments: 0,
  flags: [tenantFlag, valueFlag('port', 'N', 'The port of the address; without it any free one.'), switchFlag('no-open', 'Only print the address.')],
  notes: ['The address lets in one browser. Without a passphrase from a file or the environment, the page asks for it. Ctrl-C stops it.'],
  examples: ['tenantscope start', 'tenantscope start --tenant acme.eu.auth0.com --port 8470 --no-open'],
  interrupt: 'wind-up',
  folder: 'open',
  page: (invocation, terminal) => ({
    tenant: tenantOf(invocation),
    port: optionalNumber(invocation, 'port', { min: 1, max: 65_535, kind: 'whole' }),
    opens: isGiven(invocation, 'no-open') || !hasDisplay(terminal) ? 'nothing' : 'browser',
  }),
  prepare: () => { throw new Failure('usage.not-available', { feature: 'The page in the browser' }); },
};
