/** `sync`: fetches what Auth0 logged since the last sync. */
import type { Push, SyncReceipt } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { exitPartial, valueFlag } from '../command';
import type { Command, Task } from '../command';
import { optionalNumber, requiredTenant } from '../flag-values';
import { gapLine } from '../gaps';
import { visibleText } from '../visible-text';
import { countOf, numberText, spanText } from '../wording';

export const syncCommand: Command = {
  name: 'sync',
  summary: 'Fetches a tenant\'s log from where the last sync stood to its end.',
  argumentNames: '',
  maxArguments: 0,
  flags: [valueFlag('tenant', 'D', 'A connected tenant\'s domain.'), valueFlag('follow', 'SECONDS', 'Keep looking for new events, this often, until interrupted.')],
  notes: ['Exits 3 when events were set aside, but for those of forgotten users, or the log has a new gap.'],
  examples: ['tenantscope sync --tenant acme.eu.auth0.com'],
  interrupt: 'wind-up',
  folder: 'open',
  prepare,
};

function prepare(invocation: Invocation): Task {
  const tenant = requiredTenant(invocation);
  const followSeconds = optionalNumber(invocation, 'follow', { min: 1, max: 86_400, kind: 'decimal' });
  const input = { tenant, ...(followSeconds === null ? {} : { followSeconds }) };
  return async ({ host, signal, output }) => {
    const quiet = host.onPush(push => {
      if (push.name === 'sync.progress') output.progress.show(progressLine(push.value));
      if (push.name === 'auth0.waiting') output.progress.showNow(waitingLine(push.value));
    });
    const receipt = await host.call('tenant.sync', input, { signal }).finally(quiet);
    await output.answer(receipt, () => receiptLines(receipt));
    return receipt.setAside > (receipt.forgotten ?? 0) || receipt.gaps.length > 0 ? exitPartial : 0;
  };
}

type SyncProgress = Extract<Push, { name: 'sync.progress' }>['value'];

export function progressLine({ tenant, read, stored, rate, etaMs, readUpTo, budget, state }: SyncProgress): string {
  const parts = [
    `${numberText(read)} read, ${numberText(stored)} stored`,
    rate > 0 ? `${numberText(Math.round(rate))}/s` : null,
    etaMs === null ? null : `about ${spanText(etaMs)} left`,
    readUpTo === null ? null : `up to ${readUpTo}`,
    budget === null ? null : `${numberText(budget.remaining)} of ${numberText(budget.limit)} requests left`,
    state === 'waiting' ? 'waiting for Auth0' : state === 'following' ? 'waiting for new events' : null,
  ];
  return `${tenant}: ${parts.filter(part => part !== null).join(', ')}`;
}

type Waiting = Extract<Push, { name: 'auth0.waiting' }>['value'];

/** In UTC, as every instant on the command line. */
export const waitingLine = ({ tenant, until }: Waiting): string => `${tenant}: waiting for Auth0 until ${until.slice(11, 19)} UTC`;

function receiptLines(receipt: SyncReceipt): readonly string[] {
  const { tenant, read, stored, duplicates, revisions, setAside, checkpoint, gaps } = receipt;
  return [
    `${visibleText(tenant)}: ${numberText(read)} read, ${numberText(stored)} stored, ${countOf(duplicates, 'duplicate')}, ${countOf(revisions, 'revision')}, ${numberText(setAside)} set aside.`,
    ...(checkpoint === null ? [] : [`The next sync goes on after ${visibleText(checkpoint)}.`]),
    ...(gaps.length === 0 ? [] : [`${countOf(gaps.length, 'new gap')}:`, ...gaps.map(gapLine)]),
  ];
}
