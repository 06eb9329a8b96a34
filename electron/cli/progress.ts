/** Shows how far a long operation is: one line redrawn in a window, a plain line now and then elsewhere. */
import type { Terminal } from './terminal';
import { fitText, visibleText } from './visible-text';

export type Progress = {
  /** Shows a line, or drops it when one was shown a moment ago. */
  readonly show: (line: string) => void;
  /** Shows a line that holds for a while, whatever was shown a moment ago. */
  readonly showNow: (line: string) => void;
  /** Clears the redrawn line; what is said next starts on a line of its own. */
  readonly end: () => void;
};

const redrawEveryMs = 100;
const plainLineEveryMs = 5000;
const eraseLine = '\r\x1b[K';

/** With `--json` progress is shown in a window only: a script gets nothing it did not ask for. */
export function createProgress(terminal: Terminal, format: 'json' | 'text'): Progress {
  if (terminal.talkColumns() !== null) return redrawnLine(terminal);
  return format === 'json' ? { show: () => undefined, showNow: () => undefined, end: () => undefined } : plainLines(terminal);
}

function redrawnLine(terminal: Terminal): Progress {
  let shownAt: number | null = null;
  const showNow = (line: string): void => {
    const columns = terminal.talkColumns();
    if (columns === null) return;
    shownAt = terminal.elapsed();
    terminal.talk(eraseLine + fitText(visibleText(line), columns - 1));
  };
  return {
    show: line => {
      if (shownAt === null || terminal.elapsed() - shownAt >= redrawEveryMs) showNow(line);
    },
    showNow,
    end: () => {
      if (shownAt !== null) terminal.talk(eraseLine);
      shownAt = null;
    },
  };
}

function plainLines(terminal: Terminal): Progress {
  let quietSince = terminal.elapsed();
  const showNow = (line: string): void => {
    quietSince = terminal.elapsed();
    terminal.talk(`${visibleText(line)}\n`);
  };
  return {
    show: line => {
      if (terminal.elapsed() - quietSince >= plainLineEveryMs) showNow(line);
    },
    showNow,
    end: () => undefined,
  };
}
