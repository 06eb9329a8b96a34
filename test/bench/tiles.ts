/** Every tile and grid that the benchmark asks for; one whose view is not in the build is told as such. */
import type { Tile } from './tile';
import { activityTiles } from './tiles-activity';
import { peopleTiles } from './tiles-people';
import { timelineTiles } from './tiles-timeline';
import { usageTiles } from './tiles-usage';

export const tiles: readonly Tile[] = [...timelineTiles, ...activityTiles, ...peopleTiles, ...usageTiles];
