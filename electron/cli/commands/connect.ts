/** `connect`: gives Tenantscope the credentials of a tenant's application and tells what they allow. */
import { Failure } from '../../../shared/errors';
import type { Input, Output as Answer } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { valueFlag } from '../command';
import type { Command, Task } from '../command';
import { missing, optionalValue } from '../flag-values';
import { describeScope, isWriteScope } from '../scopes';
import { readSecretFile } from '../secrets';
import { variable } from '../../node/surroundings';
import type { Terminal } from '../terminal';
import { visibleText } from '../visible-text';

export const connectCommand: Command = {
  name: 'connect',
  summary: 'Connects a tenant, or replaces its credentials; the archive stays.',
  argumentNames: '',
  maxArguments: 0,
  flags: [
    valueFlag('domain', 'D', 'The tenant\'s domain (else AUTH0_DOMAIN).'),
    valueFlag('client-id', 'ID', 'Client id of a machine-to-machine application (else AUTH0_CLIENT_ID).'),
    valueFlag('client-secret-file', 'FILE', 'Where its secret is, "-" for standard input (else AUTH0_CLIENT_SECRET).'),
    valueFlag('api-origin', 'URL', 'Where D\'s API answers: https, or http on a loopback address.'),
    valueFlag('audience-domain', 'D', 'The tenant\'s own domain, when --domain is a custom one.'),
    valueFlag('accept-domain', 'D', 'Consent to send the secret to a host that is not a tenant\'s usual one; see below.'),
  ],
  notes: [
    'The application needs the scope read:logs of the Auth0 Management API, and no scope that writes.',
    'A tenant\'s usual host is TENANT.auth0.com or TENANT.REGION.auth0.com, with a region such as eu or au-2. Any other is named again by',
    '--accept-domain before the secret goes there: the host of --api-origin, unless that is this machine or the domain, else the domain.',
    'The secret is kept sealed by the passphrase of the data folder.',
  ],
  examples: ['tenantscope connect --domain acme.eu.auth0.com --client-id Zt1w3x --client-secret-file secret.txt'],
  interrupt: 'wind-up',
  folder: 'open-or-make',
  prepare,
};

async function prepare(invocation: Invocation, terminal: Terminal): Promise<Task> {
  const domain = flagOrVariable(invocation, terminal, 'domain', 'AUTH0_DOMAIN');
  const clientId = flagOrVariable(invocation, terminal, 'client-id', 'AUTH0_CLIENT_ID');
  const clientSecret = await readClientSecret(invocation, terminal);
  const input = { domain, clientId, clientSecret, ...optionalParts(invocation) };
  return async ({ host, signal, output }) => {
    const receipt = await host.call('tenant.connect', input, { signal });
    for (const scope of receipt.scopes.granted.filter(isWriteScope)) {
      output.warn(`the application may also write (${scope}). Tenantscope only reads: take this scope from it.`);
    }
    await output.answer(receipt, () => receiptLines(receipt));
    return 0;
  };
}

const flagOrVariable = (invocation: Invocation, { environment }: Terminal, flag: string, name: string): string =>
  optionalValue(invocation, flag) ?? variable(environment, name) ?? missing(invocation, `--${flag} or ${name}`);

async function readClientSecret(invocation: Invocation, terminal: Terminal): Promise<string> {
  const file = optionalValue(invocation, 'client-secret-file');
  const set = variable(terminal.environment, 'AUTH0_CLIENT_SECRET');
  if (file === null) return set ?? missing(invocation, '--client-secret-file or AUTH0_CLIENT_SECRET');
  if (file === '-' && optionalValue(invocation, 'passphrase-file') === '-') {
    throw new Failure('usage.value-invalid', { flag: '--client-secret-file', value: '- when --passphrase-file is', expected: 'Standard input holds one of the two.' });
  }
  const secret = await readSecretFile(terminal, { flag: '--client-secret-file', file, question: 'Client secret: ' });
  if (secret === '') throw new Failure('usage.value-invalid', { flag: 'the client secret', value: 'empty', expected: `There is nothing in ${file}.` });
  return secret;
}

function optionalParts(invocation: Invocation): Pick<Input<'tenant.connect'>, 'apiOrigin' | 'audienceDomain' | 'acceptDomain'> {
  const apiOrigin = optionalValue(invocation, 'api-origin');
  const audienceDomain = optionalValue(invocation, 'audience-domain');
  const acceptDomain = optionalValue(invocation, 'accept-domain');
  return {
    ...(apiOrigin === null ? {} : { apiOrigin }),
    ...(audienceDomain === null ? {} : { audienceDomain }),
    ...(acceptDomain === null ? {} : { acceptDomain }),
  };
}

function receiptLines({ tenant, scopes }: Answer<'tenant.connect'>): readonly string[] {
  const list = (title: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [`${title}: none`] : [`${title}:`, ...names.map(scope => `  ${visibleText(scope)}${describeScope(scope)}`)];
  return [`Connected ${visibleText(tenant)}.`, ...list('Granted', scopes.granted), ...list('Missing', scopes.missing)];
}
