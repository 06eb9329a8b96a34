/** Asks before quitting would lose tenants that are in memory only. */
import type { MessageBoxOptions } from 'electron';

export type QuitPorts = {
  /** Tenants that are gone when the program ends. */
  readonly wouldLose: () => readonly string[];
  /** The number of the button that was pressed. */
  readonly ask: (question: MessageBoxOptions) => Promise<number>;
  readonly quit: () => void;
  /** Somebody stays: the window may have gone already. */
  readonly stay: () => void;
};

type Quitting = { readonly preventDefault: () => void };

export function quitQuestion(lost: readonly string[]): MessageBoxOptions {
  return {
    type: 'warning', message: 'Quit, and lose what is in memory only?',
    detail: `${lost.join(', ')}\n\nNothing of this is stored. Set a passphrase in Settings, Keys to keep it.`,
    buttons: ['Quit and lose it', 'Stay'], defaultId: 1, cancelId: 1,
  };
}

/** For the event before quitting. Whoever quits while they are being asked is asked no second time. */
export function createQuitGuard({ wouldLose, ask, quit, stay }: QuitPorts): (event: Quitting) => void {
  let answer: 'none' | 'awaited' | 'quit' = 'none';
  return event => {
    const lost = answer === 'quit' ? [] : wouldLose();
    if (lost.length === 0) return;
    event.preventDefault();
    if (answer === 'awaited') return;
    answer = 'awaited';
    void ask(quitQuestion(lost)).catch(() => 1).then(button => {
      answer = button === 0 ? 'quit' : 'none';
      if (button === 0) quit();
      else stay();
    });
  };
}
