import { expect, it } from 'vitest';
import type { Host } from '../../electron/node/host';
import { prepareSample } from '../../electron/node/prepare-sample';
import { Failure } from '../../shared/errors';
import { settle } from '../builders/fake-clock';

it.each([['sample', ['sample']], ['acme.eu.auth0.com', []], [null, []]])('a page that begins at %s has %j made meanwhile, and what fails is told to whoever asks', async (tenant, expected) => {
  const asked: unknown[] = [];
  const call = (_name: string, input: { readonly tenant?: string }): Promise<never> => {
    asked.push(input.tenant);
    return Promise.reject(new Failure('operation.cancelled'));
  };
  prepareSample({ call: call as unknown as Host['call'] }, tenant);
  await settle();
  expect(asked).toEqual(expected);
});
