/** Exports two million bytes to the path it is given, where less may fit, and prints what each step came to. */
import { createUserFiles } from '../../electron/node/user-files';
import { Failure } from '../../shared/errors';

const target = createUserFiles().createExport(process.argv[2] ?? '');

function outcome(step: () => unknown): string {
  try {
    step();
    return 'done';
  } catch (error) {
    return error instanceof Failure ? `${error.code}: ${error.details['problem'] ?? ''}` : String(error);
  }
}

process.stdout.write(JSON.stringify([
  outcome(() => target.write(new Uint8Array(2_000_000))),
  outcome(() => target.write(new Uint8Array(1))),
  outcome(() => target.commit()),
  outcome(() => target.abort()),
]));
