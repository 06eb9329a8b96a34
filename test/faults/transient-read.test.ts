import { afterEach, expect, it } from 'vitest';
import { faultyFiles, newRoot } from '../builders/faulty-files';
import { logEvent, logEvents, toJsonLines } from '../builders/log-event';
import type { TestEngine } from '../builders/test-engine';
import { testEngine } from '../builders/test-engine';

const open: TestEngine[] = [];
afterEach(async () => { for (const engine of open.splice(0)) await engine.end().catch(() => undefined); });

it('a file that could not be read once does not keep a tenant from being written to', async () => {
  const root = newRoot();
  const { files, faults } = faultyFiles(root);
  const engine = testEngine({ root, ports: { archiveFiles: files } });
  open.push(engine);
  await engine.call('archive.import', { tenant: 'acme', files: [engine.file('a.jsonl', toJsonLines(logEvents(6_000)))] });
  await engine.close();
  const again = engine.another();
  open.push(again);
  const one = again.file('b.jsonl', toJsonLines([logEvent(7_000)]));
  // The start is from the snapshot; the first look at the segment behind it fails.
  await again.call('view.read', { tenant: 'acme', view: 'audit-timeline' });
  let failed = 0;
  faults.fail = (op, path) => op === 'read' && path.endsWith('.tsj') && (failed += 1) === 1;
  await expect(again.call('archive.import', { tenant: 'acme', files: [one] })).rejects.toMatchObject({ code: 'archive.unreadable' });
  await expect(again.call('archive.import', { tenant: 'acme', files: [one] })).resolves.toMatchObject({ stored: 1 });
  expect((await again.call('archive.status', { tenant: 'acme' })).tenants[0]).toMatchObject({ events: 6_001, gaps: [] });
});
