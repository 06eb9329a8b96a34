/** `status`: what the archive holds, tenant by tenant. */
import type { TenantStatus } from '../../../shared/contract';
import type { Invocation } from '../arguments';
import { tenantFlag } from '../command';
import type { Command, Task } from '../command';
import { optionalTenant } from '../flag-values';
import { gapLine, gapsOnly } from '../gaps';
import type { Output } from '../output';
import type { TableColumn } from '../table';
import { visibleText } from '../visible-text';
import { countOf, numberText } from '../wording';

const shownGaps = 20;

export const statusCommand: Command = {
  name: 'status',
  summary: 'Tells what the archive holds of each tenant, or of one in detail.',
  argumentNames: '',
  maxArguments: 0,
  flags: [tenantFlag],
  notes: [],
  examples: ['tenantscope status', 'tenantscope status --tenant acme.eu.auth0.com'],
  interrupt: 'leave',
  folder: 'open',
  prepare,
};

function prepare(invocation: Invocation): Task {
  const tenant = optionalTenant(invocation);
  return async ({ host, signal, output }) => {
    const status = await host.call('archive.status', tenant === null ? {} : { tenant }, { signal });
    await output.answer(status, () => (tenant === null ? overviewLines(status.tenants, output) : status.tenants.flatMap(detailLines)));
    return 0;
  };
}

const overviewColumns: readonly TableColumn[] = [
  { id: 'tenant', header: 'Tenant', kind: 'text' },
  { id: 'events', header: 'Events', kind: 'number' },
  { id: 'firstAt', header: 'First event', kind: 'instant' },
  { id: 'lastAt', header: 'Last event', kind: 'instant' },
  { id: 'gaps', header: 'Gaps', kind: 'number' },
  { id: 'revisions', header: 'Revisions', kind: 'number' },
  { id: 'setAside', header: 'Set aside', kind: 'number' },
];

function overviewLines(tenants: readonly TenantStatus[], output: Output): readonly string[] {
  if (tenants.length === 0) return ['No tenants yet. Connect one or import files; tenantscope demo shows the sample tenant.'];
  const rows = tenants.map(({ tenant, events, firstAt, lastAt, gaps, revisions, setAside }) => ({ tenant, events, firstAt, lastAt, gaps: gapsOnly(gaps).length, revisions, setAside }));
  return output.table(overviewColumns, rows).lines;
}

function detailLines(status: TenantStatus): readonly string[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Events', numberText(status.events)],
    ['First event', status.firstAt ?? 'none'],
    ['Last event', status.lastAt ?? 'none'],
    ['Checkpoint', status.checkpoint ?? 'none'],
    ['Revisions', numberText(status.revisions)],
    ['Set aside', numberText(status.setAside)],
    ['Digest', status.digest],
    ['Content digest', status.contentDigest],
    ['Gaps', numberText(gapsOnly(status.gaps).length)],
  ];
  const more = status.gaps.length - shownGaps;
  return [
    visibleText(status.tenant),
    ...facts.map(([name, value]) => `  ${name.padEnd(16)}${visibleText(value)}`),
    ...status.gaps.slice(0, shownGaps).map(gap => `  ${gapLine(gap)}`),
    ...(more > 0 ? [`    and ${countOf(more, 'more gap')}; --json lists them all.`] : []),
  ];
}
