/** What may be kept of an unforeseen error: its name, its code and where it happened; never its message, which can hold anybody's data. */

const mostFrames = 30;

/** The frames of a stack, each file by its name alone. */
function framesOf(stack: string): readonly string[] {
  return stack.split('\n').map(line => line.trim()).filter(line => line.startsWith('at ')).slice(0, mostFrames)
    .map(line => line.replace(/(?:[a-z]+:\/\/)?[^\s()]*[\\/]/g, ''));
}

/** Such as `TypeError / at run (worker.js:12:3)`, lines joined by newlines. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [error.name, ...code, ...framesOf(error.stack ?? '')].join('\n');
}
