/** Row encoders of the export formats. */
import type { Column } from '../../../shared/views/define-view';
import { createExactEncoder, createSpreadsheetEncoder } from './csv';
import { createJsonlEncoder } from './jsonl';
import type { ExportFormat, RowEncoder } from './row-encoder';

export { unguardCell } from './guard-cell';
export type { ExportFormat, RowEncoder } from './row-encoder';

const makers: Readonly<Record<ExportFormat, (columns: readonly Column[]) => RowEncoder>> = {
  'csv': createSpreadsheetEncoder,
  'csv-exact': createExactEncoder,
  'jsonl': createJsonlEncoder,
};

/** An encoder of its own for one export: it counts the cells it changes. */
export function createRowEncoder(format: ExportFormat, columns: readonly Column[]): RowEncoder {
  return makers[format](columns);
}
