/** Keeps the text of an unforeseen error on this machine: printed when TENANTSCOPE_DEBUG is set, and handed to whoever records faults. */
import { randomBytes } from 'node:crypto';

/** Returns the reference that the user is told. */
export function createFaultKeeper(isDebugging: boolean, record: (reference: string, error: unknown) => void = () => undefined): (error: unknown) => string {
  return error => {
    const reference = randomBytes(4).toString('hex');
    if (isDebugging) process.stderr.write(`fault ${reference}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    record(reference, error);
    return reference;
  };
}
