import { describe, expect, it } from 'vitest';
import { removeTenant } from '../../electron/node/tenant-removal';
import type { Settings } from '../../shared/contract';
import { settings as settingsSchema } from '../../shared/contract';
import { Failure } from '../../shared/errors';

type Places = Parameters<typeof removeTenant>[0];

/** A data folder whose settings name two tenants, and how the outcomes of its syncs answer. */
function places(forget: Places['outcomes']['forget']) {
  let stored: Settings = settingsSchema.parse({ retention: { acme: 30, other: 60 }, planRetention: { acme: 2 }, lastTenant: 'acme' });
  const done: string[] = [];
  const context: Places = {
    vault: { forgetTenant: (tenant: string) => { done.push(`keys of ${tenant}`); } } as unknown as Places['vault'],
    settings: { read: () => stored, write: (change: Partial<Settings>) => (stored = { ...stored, ...change }) } as unknown as Places['settings'],
    outcomes: { of: () => null, keep: () => undefined, forget },
    schedule: null, log: { write: () => undefined } as unknown as Places['log'], push: ({ name }) => { done.push(name); },
  };
  return { context, done, settings: () => stored };
}

describe('a tenant that is forgotten', () => {
  it('leaves nothing in the settings, also where the file of the syncs cannot be written, which is told', () => {
    const { context, done, settings } = places(() => { throw new Failure('archive.disk-full'); });
    expect(() => { removeTenant(context, 'acme'); }).toThrow(expect.objectContaining({ code: 'archive.disk-full' }) as unknown as Error);
    expect(settings()).toMatchObject({ retention: { other: 60 }, planRetention: {}, lastTenant: null });
    expect(settings().retention).not.toHaveProperty('acme');
    expect(done).toEqual(['keys of acme', 'settings.changed']);
  });

  it('leaves the settings of others as they are', () => {
    const { context, done, settings } = places(() => undefined);
    removeTenant(context, 'third');
    expect(settings().retention).toEqual({ acme: 30, other: 60 });
    expect(done).toEqual(['keys of third']);
  });
});
