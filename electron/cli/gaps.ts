/** Words a stretch of the log that the archive does not have. */
import type { Gap } from '../../shared/contract';
import { purgedCause } from '../../shared/domain/purged';
import { visibleText } from './visible-text';

export const gapLine = ({ from, to, cause }: Gap): string => visibleText(`  ${from} to ${to}: ${cause}`);

/** Without what a person chose not to keep. */
export const gapsOnly = (gaps: readonly Gap[]): readonly Gap[] => gaps.filter(({ cause }) => cause !== purgedCause);
