import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addsUp, progressOf, setAsideCsv, setAsideRows, suggestTenant, tenantNameProblem } from '../../../renderer/screens/import/import-facts';
import { formatBytes } from '../../../renderer/screens/transfers';
import { isTenantName } from '../../../shared/domain/data-folder';

const upload = (name: string, bytes: number) => ({ name: `upload:${name}`, file: new File([new Uint8Array(bytes)], `${name}.jsonl`) });

describe('the suggested tenant', () => {
  it('is the domain in a file’s name, else the only stored one, else the file’s own name', () => {
    expect(suggestTenant(['logs-acme.eu.auth0.com-2026.jsonl.gz'], ['other.example'])).toBe('logs-acme.eu.auth0.com');
    expect(suggestTenant(['acme.auth0.com_july.json'], [])).toBe('acme.auth0.com');
    expect(suggestTenant(['july.json'], ['acme.eu.auth0.com'])).toBe('acme.eu.auth0.com');
    expect(suggestTenant(['July Logs (2).ndjson.gz'], [])).toBe('july-logs-2');
    expect(suggestTenant(['sample.json'], [])).toBe('');
  });

  it('is always a name that is taken, or none', () => {
    fc.assert(fc.property(fc.string({ maxLength: 100 }), name => {
      const suggested = suggestTenant([name], []);
      expect(suggested === '' || isTenantName(suggested)).toBe(true);
    }), { seed: 7, numRuns: 300 });
  });

  it('is refused where it could name none', () => {
    expect([tenantNameProblem(''), tenantNameProblem('sample'), tenantNameProblem('Acme'), tenantNameProblem('a/b')].every(problem => problem !== null)).toBe(true);
    expect(tenantNameProblem('acme.eu.auth0.com')).toBeNull();
  });
});

describe('progress over several files', () => {
  it('counts the files before the one being read', () => {
    const uploads = [upload('a', 100), upload('b', 300)];
    expect(progressOf(uploads, { file: 'upload:b', bytes: 100 }, 2000)).toEqual({ share: 0.5, bytes: 200, totalBytes: 400, rate: 100, etaMs: 2000, file: 2 });
  });

  it('never passes the end, and names no rate before it means anything', () => {
    const uploads = [upload('a', 100)];
    expect(progressOf(uploads, { file: 'upload:a', bytes: 5000 }, 10)).toMatchObject({ share: 1, rate: null, etaMs: null });
  });
});

describe('the report', () => {
  const receipt = { tenant: 'acme', read: 4, stored: 1, duplicates: 1, revisions: 0, setAside: [{ file: 'upload:a', line: 2, reason: '=1+1' }, { file: 'elsewhere', line: 9, reason: 'a "b", c' }] };

  it('names files as the person knows them', () => {
    expect(setAsideRows(receipt, [upload('a', 1)]).map(({ file }) => file)).toEqual(['a.jsonl', 'elsewhere']);
  });

  it('is saved as CSV that no spreadsheet takes for formulas', () => {
    expect(setAsideCsv(setAsideRows(receipt, []))).toBe('file,line,reason\r\n"upload:a",2,"\'=1+1"\r\n"elsewhere",9,"a ""b"", c"\r\n');
  });

  it('says whether everything read is accounted for', () => {
    expect([addsUp(receipt), addsUp({ ...receipt, read: 5 })]).toEqual([true, false]);
  });

  it('tells sizes in round units', () => {
    expect([formatBytes(0), formatBytes(999), formatBytes(1500), formatBytes(2_000_000)]).toEqual(['0 bytes', '999 bytes', '1.5 KB', '2 MB']);
  });
});
