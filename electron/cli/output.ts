/** Where a command's words go: its answer to standard output, everything else to standard error. */
import type { Failure } from '../../shared/errors';
import { createProgress } from './progress';
import type { Progress } from './progress';
import { layOutTable } from './table';
import type { Table, TableColumn } from './table';
import type { Terminal } from './terminal';
import { visibleJson, visibleText } from './visible-text';
import type { CellValue } from '../../shared/views/define-view';

export type OutputFormat = 'json' | 'text';

export type Output = {
  /** The command's one answer: a document with `--json`, lines otherwise. Lines must be visible text already. */
  readonly answer: (document: unknown, lines: () => readonly string[]) => Promise<void>;
  /** Bytes as they are, whatever the format. */
  readonly bytes: (bytes: Uint8Array) => Promise<void>;
  readonly warn: (text: string) => void;
  readonly progress: Progress;
  /** A table as wide as the window of standard output. */
  readonly table: (columns: readonly TableColumn[], rows: readonly Readonly<Record<string, CellValue>>[]) => Table;
};

const bold = (text: string): string => `\x1b[1m${text}\x1b[22m`;
const plain = (text: string): string => text;

export function createOutput(terminal: Terminal, format: OutputFormat): Output {
  const progress = createProgress(terminal, format);
  return {
    answer: async (document, lines) => {
      progress.end();
      await terminal.write(format === 'json' ? `${visibleJson(document)}\n` : lines().map(line => `${line}\n`).join(''));
    },
    bytes: terminal.write,
    warn: text => {
      progress.end();
      terminal.talk(`warning: ${visibleText(text)}\n`);
    },
    progress,
    table: (columns, rows) =>
      layOutTable(columns, rows, { windowColumns: terminal.outputColumns(), header: terminal.showsStyles ? bold : plain }),
  };
}

/** Tells of a failure on standard error, and with `--json` also as the document on standard output. */
export async function reportFailure(terminal: Terminal, format: OutputFormat, failure: Failure): Promise<void> {
  const { code, title, hint } = failure.report();
  terminal.talk(`error: ${visibleText(`${title} (${code}). ${hint}`)}\n`);
  if (format === 'json') await terminal.write(`${visibleJson({ error: { code, title, hint } })}\n`);
}
