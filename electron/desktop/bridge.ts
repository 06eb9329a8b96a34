/** What the preload gives the page and what the two say to each other; the names of the channels stand here once. */
import type { Push, Reply } from '../../shared/contract';

export const callChannel = 'tenantscope:call';
export const pushChannel = 'tenantscope:push';

/** `window.tenantscope`. */
export type Bridge = {
  /** `{id, name, input}` or `{cancel: id}`, as the call desk takes them. */
  readonly call: (message: unknown) => Promise<Reply>;
  /** Returns the function that ends the subscription. */
  readonly onPush: (listener: (push: Push) => void) => () => void;
  /** The path of a file that the user chose or dropped; empty when it is not one on disk. */
  readonly pathForFile: (file: File) => string;
};
