/** One request in, one reply out: find the operation, check its input, run it, check its output, and say what went wrong. */
import type { CheckedInput, OperationName, Output, Reply } from '../../shared/contract';
import { operations } from '../../shared/contract';
import { Failure } from '../../shared/errors';

/** What runs an operation, given its checked input. */
export type Handler<Name extends OperationName, Context> = (context: Context, input: CheckedInput<Name>, signal: AbortSignal) => Promise<Output<Name>>;
export type Handlers<Names extends OperationName, Context> = { readonly [Name in Names]: Handler<Name, Context> };

type AnyHandler<Context> = (context: Context, input: unknown, signal: AbortSignal) => Promise<unknown>;
type Run<Context> = {
  readonly handlers: Readonly<Record<string, unknown>>;
  readonly context: Context;
  /** Takes the text of an error nobody foresaw; it never leaves this machine. Returns the reference the user is told. */
  readonly keepFault: (error: unknown) => string;
};

export type Request = { readonly name: string; readonly input: unknown; readonly signal: AbortSignal };

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}

async function run<Context>({ handlers, context }: Run<Context>, { name, input, signal }: Request): Promise<unknown> {
  if (!isOperation(name) || !Object.hasOwn(handlers, name)) throw new Failure('operation.unknown', { operation: name });
  const checked = operations[name].input.safeParse(input);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new Failure('operation.input-invalid', { problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}` });
  }
  const handler = handlers[name] as AnyHandler<Context>;
  // Unknown keys are stripped on the way out, so that nothing can leak by accident.
  return operations[name].output.parse(await handler(context, checked.data, signal));
}

const never = new AbortController().signal;

/** What the work gives, or what went wrong with it; of what was cancelled nothing else is told. Never throws. */
export async function answering({ keepFault }: Pick<Run<unknown>, 'keepFault'>, work: () => Promise<unknown>, signal: AbortSignal = never): Promise<Reply> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (signal.aborted) return { ok: false, error: new Failure('operation.cancelled').report() };
    if (error instanceof Failure) return { ok: false, error: error.report() };
    return { ok: false, error: new Failure('internal', { reference: keepFault(error) }).report() };
  }
}

/** Never throws. */
export function dispatch<Context>(place: Run<Context>, request: Request): Promise<Reply> {
  return answering(place, () => run(place, request), request.signal);
}
