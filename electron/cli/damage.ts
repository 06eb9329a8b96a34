/** Words places of an archive that are damaged. */
import type { Damage } from '../../shared/contract';
import { visibleText } from './visible-text';
import { numberText } from './wording';

const shownPlaces = 20;

export function damageLines(damaged: readonly Damage[]): readonly string[] {
  const more = damaged.length - shownPlaces;
  return [
    ...damaged.slice(0, shownPlaces).map(({ file, where, what }) => visibleText(`  ${file}${where === '' ? '' : `, ${where}`}: ${what}`)),
    ...(more > 0 ? [`  and ${numberText(more)} more; --json lists them all.`] : []),
  ];
}
