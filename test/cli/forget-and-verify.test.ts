import { describe, expect, it } from 'vitest';
import type { RemovalReceipt, VerifyReceipt } from '../../shared/contract';
import { runWords } from './run-words';

const atTerminal = { inputIsTerminal: true, talkWindow: 80 };
const removal: RemovalReceipt = { tenant: 'acme', events: 1204, versions: 1, setAside: 0, damaged: [] };
const whole: VerifyReceipt = { ok: true, checked: 12, damaged: [], tenants: [{ tenant: 'acme', frames: 12, events: 1200, digest: 'd1', contentDigest: 'd2' }] };

describe('forget', () => {
  it('asks for the tenant\'s name at a terminal, and erases only when it is typed', async () => {
    const answers = { 'tenant.forget': () => ({ tenant: 'acme' }) };
    const typed = await runWords(['forget', '--tenant', 'acme'], answers, { ...atTerminal, typed: ['acme'] });
    expect(typed).toMatchObject({ code: 0, asked: [{ name: 'tenant.forget', input: { tenant: 'acme' } }], questions: ['Type acme to go on: '] });
    expect(typed.talk).toContain('everything stored of acme, its key first');
    for (const answer of ['', 'Acme', 'y', null]) {
      expect(await runWords(['forget', '--tenant', 'acme'], answers, { ...atTerminal, typed: [answer] })).toMatchObject({ code: 130, asked: [] });
    }
  });

  it('never asks where there is no terminal: a script says what it means', async () => {
    const unasked = await runWords(['forget', '--tenant', 'acme', '--user', 'u1'], { 'user.forget': () => removal });
    expect(unasked).toMatchObject({ code: 0, asked: [{ name: 'user.forget', input: { tenant: 'acme', userId: 'u1' } }], questions: [] });
    const done = await runWords(['forget', '--tenant', 'acme', '--user', 'u1', '--yes', '--json'], { 'user.forget': () => removal });
    expect(done).toMatchObject({ code: 0, asked: [{ name: 'user.forget', input: { tenant: 'acme', userId: 'u1' } }] });
    expect(JSON.parse(done.out)).toEqual(removal);
  });

  it('tells what was erased, and exits 3 when damaged bytes were dropped unread', async () => {
    const { out } = await runWords(['forget', '--tenant', 'acme', '--user', 'u1', '--yes'], { 'user.forget': () => removal });
    expect(out).toBe('acme: 1,204 events, 1 other version and 0 entries set aside were erased. None will come back.\n');
    const damaged = { ...removal, damaged: [{ file: 'tenants/t-acme/journal/00000001.tsj', where: 'byte 64', what: '12 bytes are not an intact frame' }] };
    const partial = await runWords(['forget', '--tenant', 'acme', '--user', 'u1', '--yes'], { 'user.forget': () => damaged });
    expect(partial.code).toBe(3);
    expect(partial.out).toContain('00000001.tsj, byte 64: 12 bytes');
  });
});

describe('verify', () => {
  it('exits 0 for a whole archive and prints its digests', async () => {
    const ran = await runWords(['verify', '--data-dir', 'd'], { 'archive.verify': () => whole });
    expect(ran).toMatchObject({ code: 0, asked: [{ name: 'archive.verify', input: {} }] });
    expect(ran.out.split('\n')).toEqual(['acme: 1,200 events in 12 frames', '  Digest          d1', '  Content digest  d2', 'Nothing is damaged: 12 frames checked.', '']);
  });

  it('exits 1 for a damaged one, and names the place', async () => {
    const receipt: VerifyReceipt = { ...whole, ok: false, damaged: [{ file: 'tenants/t-acme/journal', where: '', what: 'frame 4 is missing' }] };
    const ran = await runWords(['verify', '--tenant', 'ACME'], { 'archive.verify': () => receipt });
    expect(ran).toMatchObject({ code: 1, asked: [{ name: 'archive.verify', input: { tenant: 'acme' } }] });
    expect(ran.out).toContain('  tenants/t-acme/journal: frame 4 is missing\n1 damaged place.');
    expect(JSON.parse((await runWords(['verify', '--json'], { 'archive.verify': () => receipt })).out)).toEqual(receipt);
  });

  it('of an export says clearly that it is not part of this version', async () => {
    const ran = await runWords(['verify', 'export.manifest.json']);
    expect(ran).toMatchObject({ code: 2, asked: [] });
    expect(ran.talk).toContain('Verifying an export by its manifest is not part of this version');
  });
});

describe('status and sync', () => {
  it('tell what retention took as purged by policy, and do not count it as a gap', async () => {
    const purged = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z', cause: 'purged by policy' };
    const status = { tenants: [{ tenant: 'acme', events: 5, firstAt: null, lastAt: null, checkpoint: null, digest: 'd', contentDigest: 'd', gaps: [purged], revisions: 0, setAside: 0, error: null }] };
    const { out } = await runWords(['status', '--tenant', 'acme'], { 'archive.status': () => status });
    expect(out).toContain('Gaps            0\n');
    expect(out).toContain('2026-01-01T00:00:00.000Z to 2026-02-01T00:00:00.000Z: purged by policy');
  });

  it('take events of forgotten users for no reason to exit 3', async () => {
    const receipt = { tenant: 'acme', read: 5, stored: 3, duplicates: 0, revisions: 0, setAside: 2, checkpoint: '900', gaps: [] };
    expect((await runWords(['sync', '--tenant', 'acme'], { 'tenant.sync': () => ({ ...receipt, forgotten: 2 }) })).code).toBe(0);
    expect((await runWords(['sync', '--tenant', 'acme'], { 'tenant.sync': () => ({ ...receipt, forgotten: 1 }) })).code).toBe(3);
  });
});
