import { describe, expect, it } from 'vitest';
import type { Output } from '../../shared/contract';
import { runWords } from './run-words';

const receipt: Output<'tenant.connect'> = { tenant: 'acme.eu.auth0.com', scopes: { granted: ['read:logs'], missing: ['read:connections'] } };
const answers = { 'tenant.connect': () => receipt };
const named = ['connect', '--domain', 'acme.eu.auth0.com', '--client-id', 'id1'];

describe('connect', () => {
  it('takes the secret from a file without its one trailing newline', async () => {
    for (const [content, secret] of [['s3cret\n', 's3cret'], ['s3cret\r\n', 's3cret'], ['s3cret\n\n', 's3cret\n'], ['s3cret', 's3cret']] as const) {
      const ran = await runWords([...named, '--client-secret-file', 'f'], answers, { files: { f: content } });
      expect(ran.asked[0]?.input).toEqual({ domain: 'acme.eu.auth0.com', clientId: 'id1', clientSecret: secret });
    }
  });

  it('takes it from standard input, or asks for it there when that is a terminal', async () => {
    const piped = await runWords([...named, '--client-secret-file', '-'], answers, { input: 'piped\n' });
    expect(piped.asked[0]?.input).toMatchObject({ clientSecret: 'piped' });
    const typed = await runWords([...named, '--client-secret-file', '-'], answers, { inputIsTerminal: true, talkIsTerminal: true, typed: ['typed'] });
    expect(typed.asked[0]?.input).toMatchObject({ clientSecret: 'typed' });
  });

  it('takes what the flags leave open from the environment', async () => {
    const environment = { AUTH0_DOMAIN: 'other.auth0.com', AUTH0_CLIENT_ID: 'id2', AUTH0_CLIENT_SECRET: 'from-environment' };
    const bare = await runWords(['connect'], answers, { environment });
    expect(bare.asked[0]?.input).toEqual({ domain: 'other.auth0.com', clientId: 'id2', clientSecret: 'from-environment' });
    const flags = await runWords([...named, '--client-secret-file=f'], answers, { environment, files: { f: 'from-file' } });
    expect(flags.asked[0]?.input).toEqual({ domain: 'acme.eu.auth0.com', clientId: 'id1', clientSecret: 'from-file' });
  });

  it('passes on where the API answers and what was consented to', async () => {
    const words = [...named, '--client-secret-file=f', '--api-origin=http://127.0.0.1:4000', '--audience-domain', 'a.auth0.com', '--accept-domain', 'login.example.com'];
    const ran = await runWords(words, answers, { files: { f: 's' } });
    expect(ran.asked[0]?.input).toMatchObject({ apiOrigin: 'http://127.0.0.1:4000', audienceDomain: 'a.auth0.com', acceptDomain: 'login.example.com' });
  });

  it('tells which scopes are granted, which are missing, and what for', async () => {
    const ran = await runWords([...named, '--client-secret-file=f'], answers, { files: { f: 's' } });
    expect(ran.out).toBe('Connected acme.eu.auth0.com.\nGranted:\n  read:logs: the log events themselves; nothing can be synced without it\nMissing:\n  read:connections: names and settings of connections\n');
    expect(ran.talk).toBe('');
  });

  it('warns of every scope that writes, without breaking the JSON', async () => {
    const granted = ['read:logs', 'create:users', 'update:clients', 'delete:users', 'read:updates'];
    const ran = await runWords([...named, '--client-secret-file=f', '--json'], { 'tenant.connect': () => ({ ...receipt, scopes: { granted, missing: [] } }) }, { files: { f: 's' } });
    expect(JSON.parse(ran.out)).toEqual({ ...receipt, scopes: { granted, missing: [] } });
    expect(ran.talk.match(/^warning: .*$/gm)).toHaveLength(3);
    expect(ran.talk).toContain('delete:users');
  });

  it('refuses a secret that is empty or not text, and standard input for two secrets', async () => {
    const codeOf = async (words: readonly string[], content: string | Uint8Array): Promise<unknown> =>
      (JSON.parse((await runWords([...named, ...words, '--json'], answers, { files: { f: content } })).out) as { error: { code: string } }).error.code;
    expect(await codeOf(['--client-secret-file=f'], '\n')).toBe('usage.value-invalid');
    expect(await codeOf(['--client-secret-file=f'], Uint8Array.of(0xff, 0xfe, 0x00))).toBe('usage.value-invalid');
    expect(await codeOf(['--client-secret-file=-', '--passphrase-file=-'], '')).toBe('usage.value-invalid');
  });
});
