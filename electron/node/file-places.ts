/** Decides which files each kind of host may be told to read and write, and asks the user where a file is to go. */
import { isAbsolute } from 'node:path';
import type { OperationName } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import type { HostKind, Transfers } from './host';
import { suggestedName } from './suggested-name';
import { unlessAborted } from './transfer-desk';
import { transferId } from './user-files';

export type PlacingHost = { readonly kind: HostKind; readonly transfers: Transfers | null; readonly now: () => number };
export type PlacingRequest = { readonly name: OperationName; readonly input: unknown; readonly signal: AbortSignal };

/** The input with the user's choice filled in, and the transfers it names. */
export type Placed = { readonly input: unknown; readonly transferIds: readonly string[] };

/** The members that name files; a name of a list stands for each of its entries. */
const members: { readonly [Name in OperationName]?: { readonly reads?: string; readonly writes?: string } } = {
  'archive.import': { reads: 'files' },
  'archive.restore': { reads: 'file' },
  'archive.backup': { writes: 'out' },
  'view.export': { writes: 'out' },
  'support.save': { writes: 'out' },
};

const invalid = (problem: string): Failure => new Failure('operation.input-invalid', { problem });

function uploadIdOf(name: string): string {
  const id = transferId('upload', name);
  if (id === null) throw invalid('a file to read is named upload:ID here');
  return id;
}

function downloadIdOf(name: string): string {
  const id = transferId('download', name);
  if (id === null) throw invalid('a file to write is named download:ID here');
  return id;
}

function checkDesktop(reads: readonly string[], writes: string | null): void {
  if (!reads.every(isAbsolute)) throw invalid('a file to read is named by its whole path here');
  if (writes !== null && writes !== 'choose') throw invalid('the user chooses where a file goes: out is choose');
}

async function choose({ transfers, now }: PlacingHost, request: PlacingRequest, input: Readonly<Record<string, unknown>>): Promise<string> {
  if (transfers === null) throw invalid('this host cannot ask where a file goes');
  const chosen = await unlessAborted(request.signal, transfers.chooseSave(suggestedName(request.name, input, now())));
  if (chosen === null) throw new Failure('operation.cancelled');
  return chosen;
}

/**
 * On the command line names are paths. A page names its own transfers only; a window names files to read by path, since the user
 * chose them there, and never one to write. An input that does not fit its schema is passed on, to be refused where all are.
 * @throws Failure operation.input-invalid; operation.cancelled when the user changed their mind
 */
export async function placeFiles(host: PlacingHost, request: PlacingRequest): Promise<Placed> {
  const named = members[request.name];
  const checked = named === undefined || host.kind === 'cli' ? null : operations[request.name].input.safeParse(request.input);
  if (named === undefined || checked?.success !== true) return { input: request.input, transferIds: [] };
  const input = checked.data as Readonly<Record<string, unknown>>;
  const reads = named.reads === undefined ? [] : [input[named.reads]].flat() as readonly string[];
  const writes = named.writes === undefined ? null : String(input[named.writes]);
  if (host.kind === 'loopback') return { input, transferIds: [...reads.map(uploadIdOf), ...(writes === null ? [] : [downloadIdOf(writes)])] };
  checkDesktop(reads, writes);
  return { input: writes === null ? input : { ...input, out: await choose(host, request, input) }, transferIds: [] };
}
