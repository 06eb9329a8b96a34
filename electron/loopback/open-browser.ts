/** Opens the default browser. */
import { spawn } from 'node:child_process';

/** The program that opens an address, and the words before it. */
const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // No shell: it would read the address.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** The address is one argument of the opening program. That it cannot be started is no error: the address was printed. */
export function openBrowser(address: string, platform: string): void {
  const [program, ...words] = openers[platform] ?? ['xdg-open'];
  const child = spawn(program, [...words, address], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
}
