/** Peer of the export: csv-stringify alone, writing rows that lie ready in memory to nowhere. */
import { timed } from './measurement';
import { loadCsvStringify } from './peer-modules';
import type { PeerPackages } from './peer-packages';
import type { Peer } from './peers';

export type CsvJob = { readonly columns: readonly string[]; /** Given out again and again until there were `count`. */ readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly count: number };

const rowsPerCall = 1_000;

export function csvStringifyPeer(packages: PeerPackages): readonly Peer<CsvJob>[] {
  const csv = loadCsvStringify(packages);
  if (csv === null) return [];
  return [{
    name: 'csv-stringify alone',
    run: ({ columns, rows, count }) => timed(() => {
      let written = 0;
      for (let at = 0; written < count; at = (at + rowsPerCall) % rows.length) {
        const slice = rows.slice(at, Math.min(at + rowsPerCall, at + count - written));
        if (csv.stringify(slice, { columns, header: written === 0 }).length < slice.length) throw new Error('csv-stringify left rows out');
        written += slice.length;
      }
    }),
  }];
}
