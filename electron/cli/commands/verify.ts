/** `verify`: reads the archive through and compares it with itself. */
import { Failure } from '../../../shared/errors';
import type { VerifyReceipt } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { tenantFlag } from '../command';
import type { Command, Task } from '../command';
import { damageLines } from '../damage';
import { optionalTenant } from '../flag-values';
import { visibleText } from '../visible-text';
import { countOf, numberText } from '../wording';

const exitDamaged = 1;

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Reads the whole archive from the disk and compares it with itself.',
  argumentNames: '',
  maxArguments: 1,
  flags: [tenantFlag],
  notes: ['Every frame\'s seal, every event, the counts of the head, and all rows and columns. Changes nothing. Exits 1 when something is damaged.'],
  examples: ['tenantscope verify --data-dir ~/archive'],
  interrupt: 'leave',
  folder: 'open',
  prepare,
};

function prepare(invocation: Invocation): Task {
  if (invocation.positionals.length > 0) throw new Failure('usage.not-available', { feature: 'Verifying an export by its manifest' });
  const tenant = optionalTenant(invocation);
  return async ({ host, signal, output }) => {
    const quiet = host.onPush(push => {
      if (push.name !== 'verify.progress') return;
      const { frames, totalFrames } = push.value;
      output.progress.show(`${push.value.tenant}: ${numberText(frames)}${totalFrames === null ? '' : ` of ${numberText(totalFrames)}`} frames read`);
    });
    const receipt = await host.call('archive.verify', tenant === null ? {} : { tenant }, { signal }).finally(quiet);
    await output.answer(receipt, () => receiptLines(receipt));
    return receipt.ok ? 0 : exitDamaged;
  };
}

function receiptLines({ ok, checked, damaged, tenants }: VerifyReceipt): readonly string[] {
  return [
    ...tenants.flatMap(({ tenant, frames, events, digest, contentDigest }) => [
      `${visibleText(tenant)}: ${countOf(events, 'event')} in ${countOf(frames, 'frame')}`, `  Digest          ${digest}`, `  Content digest  ${contentDigest}`,
    ]),
    ...damageLines(damaged),
    ok ? `Nothing is damaged: ${countOf(checked, 'frame')} checked.` : `${countOf(damaged.length, 'damaged place')}. Every intact part is read; a sync fetches what Auth0 still has.`,
  ];
}
