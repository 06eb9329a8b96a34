import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors';
import { runWords, wellKept } from './run-words';

const empty = { tenants: [] };

describe('a data folder that others can read, and whose modes cannot be put right', () => {
  it('is told as a warning on standard error, once, whatever the command and the format', async () => {
    const answers = { 'app.info': () => ({ ...wellKept, readableByOthers: 2 }), 'archive.status': () => empty };
    for (const words of [['status'], ['status', '--json']]) {
      const { code, out, talk } = await runWords(words, answers);
      expect(code).toBe(0);
      expect(talk).toMatch(/^warning: others on this machine can read 2 files and folders in \/data, whose modes could not be put right: .*\n$/);
      expect(out).not.toContain('warning');
    }
    const one = await runWords(['status'], { ...answers, 'app.info': () => ({ ...wellKept, readableByOthers: 1 }) });
    expect(one.talk).toContain('can read 1 file or folder in');
  });

  it('is not talked of where all is well, nor where nobody can tell', async () => {
    expect((await runWords(['status'], { 'app.info': () => wellKept, 'archive.status': () => empty })).talk).toBe('');
    const unknown = await runWords(['status'], { 'app.info': () => { throw new Failure('operation.cancelled'); }, 'archive.status': () => empty });
    expect(unknown).toMatchObject({ code: 0, talk: '' });
  });

  it('keeps no command from failing for its own reason', async () => {
    const answers = { 'app.info': () => ({ ...wellKept, readableByOthers: 3 }), 'archive.status': () => { throw new Failure('archive.locked', { pid: 1 }); } };
    const { code, talk } = await runWords(['status'], answers);
    expect(code).toBe(1);
    expect(talk.split('\n').map(line => line.split(':')[0])).toEqual(['warning', 'error', '']);
  });
});
