import { expect, it } from 'vitest';
import type { Host } from '../../electron/node/host';
import { prepareEngine } from '../../electron/node/prepare-engine';
import { Failure } from '../../shared/errors';
import { settle } from '../builders/fake-clock';

it.each([['sample', [['archive.span', 'sample']]], ['acme.eu.auth0.com', [['view.list', undefined]]], [null, [['view.list', undefined]]]])('a page that begins at %s has %j asked meanwhile, and what fails is told to whoever asks', async (tenant, expected) => {
  const asked: unknown[] = [];
  const call = (name: string, input: { readonly tenant?: string }): Promise<never> => {
    asked.push([name, input.tenant]);
    return Promise.reject(new Failure('operation.cancelled'));
  };
  prepareEngine({ call: call as unknown as Host['call'] }, tenant);
  await settle();
  expect(asked).toEqual(expected);
});
