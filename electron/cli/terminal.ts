/** What the command line needs of the process around it, so that tests can stand in for a terminal. */

export type Terminal = {
  /**
   * Writes to standard output and resolves when the data is handed over.
   * @throws OutputClosed when the reader has gone away
   */
  readonly write: (data: string | Uint8Array) => Promise<void>;
  /** Writes to standard error; never fails. */
  readonly talk: (text: string) => void;
  /** Columns of the window standard output goes to; null when it is a pipe or a file. */
  readonly outputColumns: () => number | null;
  /** Columns of the window standard error goes to; null when it is a pipe, a file or a window that cannot redraw a line. */
  readonly talkColumns: () => number | null;
  /** Whether standard output is a window that shows bold text, and NO_COLOR is not set. */
  readonly showsStyles: boolean;
  readonly inputIsTerminal: boolean;
  readonly talkIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly homeFolder: string;
  readonly workingFolder: string;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Names in a folder; none when there is no such folder. */
  readonly listFolder: (path: string) => Promise<readonly string[]>;
  /** All of standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  /** Asks on standard error and reads one line as it is typed; null at the end of input. @throws Failure operation.cancelled on Ctrl-C */
  readonly askLine: (question: string) => Promise<string | null>;
  /**
   * Asks on standard error and reads one line without showing it; null at the end of input.
   * @throws Failure operation.cancelled on Ctrl-C
   */
  readonly askHidden: (question: string) => Promise<string | null>;
};

/** Whoever read standard output has closed it: nothing more to say, and nothing wrong. */
export class OutputClosed extends Error {
  constructor() {
    super('standard output was closed');
    this.name = 'OutputClosed';
  }
}
