import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../builders/log-event';
import { logEvent } from '../../builders/log-event';
import type { Archive } from '../../builders/twice-offered-archive';
import { archiveAt } from '../../builders/twice-offered-archive';

const open: Archive[] = [];
afterEach(async () => { for (const archive of open.splice(0)) await archive.engine.end(); });
async function archiveOf(events: readonly RawEvent[], now = Date.UTC(2026, 5, 30)): Promise<Archive> {
  const archive = await archiveAt(events, now);
  open.push(archive);
  return archive;
}

describe('organizations', () => {
  const inOrganization = (id: string, date: string, index: number, fields: Record<string, unknown> = {}): RawEvent =>
    logEvent(index, { organization_id: id, organization_name: `Name of ${id}`, date: `${date}T12:00:00.000Z`, ...fields });

  it('list those without an event in the time range, and tell which are quiet at its end', async () => {
    const archive = await archiveOf([inOrganization('org_gone', '2026-03-01', 0), inOrganization('org_here', '2026-04-20', 1), inOrganization('org_failing', '2026-04-21', 2, { type: 'f' }), inOrganization('org_machine', '2026-04-22', 3, { type: 'seccft', user_id: '' })]);
    const rows = await archive.read('organizations', { from: ['2026-04-01'], to: ['2026-05-01'] });
    expect(rows.map(row => [row['organizationId'], row['activeMembers'], row['previousActiveMembers'], row['failedLogins'], row['lastActivityAt'], row['quiet']])).toEqual([
      ['org_here', 1, 0, 0, '2026-04-20T12:00:00.000Z', false], ['org_gone', 0, 0, 0, '2026-03-01T12:00:00.000Z', true], ['org_failing', 0, 0, 1, null, true], ['org_machine', 0, 0, 0, null, true],
    ]);
    expect((await archive.read('organizations', { from: ['2026-02-20'], to: ['2026-03-15'] })).map(row => [row['organizationId'], row['quiet'], row['previousActiveMembers']])).toEqual([['org_gone', false, null]]);
  });

  it('name the connections their members used, as a list, and in a spreadsheet as one guarded text', async () => {
    const archive = await archiveOf([
      inOrganization('org_1', '2026-04-20', 0, { connection_id: 'con_1', connection: 'zeta' }), inOrganization('org_1', '2026-04-20', 1, { connection_id: 'con_2', connection: '=alpha' }),
      inOrganization('org_1', '2026-04-20', 2, { connection_id: 'con_3', connection: 'zeta' }), inOrganization('org_2', '2026-04-20', 3, { connection_id: '', connection: '' }),
    ]);
    const rows = await archive.read('organizations', {});
    expect(rows.map(row => row['connections'])).toEqual([['=alpha', 'zeta'], []]);
    const exported = async (format: 'csv' | 'csv-exact' | 'jsonl'): Promise<string> => {
      const out = archive.engine.file(`organizations.${format}`, '');
      await archive.engine.call('view.export', { tenant: 'generated', view: 'organizations', params: {}, format, out });
      return readFileSync(out, 'utf8').split('\n')[format === 'jsonl' ? 0 : 1]!;
    };
    expect(await exported('csv')).toContain(`"'=alpha; zeta"`);
    expect(await exported('csv-exact')).toContain('"=alpha; zeta"');
    expect(JSON.parse(await exported('jsonl'))).toEqual(rows[0]);
  });

  it('are not known where only their name is', async () => {
    const archive = await archiveOf([inOrganization('', '2026-04-20', 0)]);
    expect(await archive.read('organizations', {})).toEqual([]);
  });
});
