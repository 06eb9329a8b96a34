import type { MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { createQuitGuard } from '../../electron/desktop/quit-guard';

/** A program that is asked to quit, and a person who answers in time. */
function program(lost: string[]) {
  const asked: MessageBoxOptions[] = [];
  const done: string[] = [];
  let answer = (_button: number): void => undefined;
  const guard = createQuitGuard({
    wouldLose: () => lost,
    ask: question => {
      asked.push(question);
      return new Promise(resolve => { answer = resolve; });
    },
    quit: () => { done.push(tryToQuit()); },
    stay: () => { done.push('stays'); },
  });
  const tryToQuit = (): string => {
    let end = 'ends';
    guard({ preventDefault: () => { end = 'is held'; } });
    return end;
  };
  return { asked, done, tryToQuit, press: async (button: number) => { answer(button); for (let count = 0; count < 5; count += 1) await Promise.resolve(); } };
}

describe('quitting', () => {
  it('asks nobody where everything is stored', () => {
    const { tryToQuit, asked } = program([]);
    expect([tryToQuit(), asked]).toEqual(['ends', []]);
  });

  it('names what would be lost, once, and stays unless somebody says to lose it', async () => {
    const { tryToQuit, asked, done, press } = program(['acme.eu.auth0.com', 'old-logs']);
    expect([tryToQuit(), tryToQuit()]).toEqual(['is held', 'is held']);
    expect(asked).toMatchObject([{ detail: expect.stringContaining('acme.eu.auth0.com, old-logs') as string, buttons: ['Quit and lose it', 'Stay'], defaultId: 1, cancelId: 1 }]);
    await press(1);
    expect(done).toEqual(['stays']);
    expect(tryToQuit()).toBe('is held');
    await press(0);
    expect(done).toEqual(['stays', 'ends']);
  });

  it('goes on by itself when everything was kept meanwhile', async () => {
    const lost = ['acme'];
    const { tryToQuit, press } = program(lost);
    tryToQuit();
    await press(1);
    lost.pop();
    expect(tryToQuit()).toBe('ends');
  });
});
