/** Knows whether there is a display on which a browser or a window could open. */
import { variable } from '../node/surroundings';
import type { Terminal } from './terminal';

const isOn = (value: string | null): boolean => value !== null && value !== '0' && value !== 'false';

/** Never in continuous integration, where nobody would close it again. */
export function hasDisplay({ environment, platform }: Pick<Terminal, 'environment' | 'platform'>): boolean {
  if (isOn(variable(environment, 'CI'))) return false;
  if (platform === 'win32' || platform === 'darwin') return true;
  return variable(environment, 'DISPLAY') !== null || variable(environment, 'WAYLAND_DISPLAY') !== null;
}
