/** Words a stretch of the log that the archive does not have. */
import type { Gap } from '../../shared/contract';
import { visibleText } from './visible-text';

export const gapLine = ({ from, to, cause }: Gap): string => visibleText(`  ${from} to ${to}: ${cause}`);
