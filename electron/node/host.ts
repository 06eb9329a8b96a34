/** One running Tenantscope for a Node host: the dispatch, the vault and the Auth0 client on this thread, the engine in a worker. */
import type { CheckedInput, Input, OperationName, Output, Push } from '../../shared/contract';
import type { EpochMs } from '../../shared/domain/ids';

export type HostOptions = {
  /** Absolute path of the data folder; made when something is first stored. */
  readonly dataDir: string;
  /** Asked at most once, and only when an operation needs a key; null when there is none. */
  readonly passphrase: () => Promise<string | null>;
  /** TENANTSCOPE_NOW, or null for the real clock. */
  readonly now: EpochMs | null;
};

export type Host = {
  /** @throws Failure of the catalogue; operation.cancelled when the signal fired */
  readonly call: <Name extends OperationName>(name: Name, input: Input<Name>, options?: { readonly signal?: AbortSignal }) => Promise<Output<Name>>;
  /** Returns the function that ends the subscription. */
  readonly onPush: (listener: (push: Push) => void) => () => void;
  readonly close: () => Promise<void>;
};

export type { CheckedInput };
