/** What the page finds in its window, and how failed queries are typed. */
import type { Push, Reply } from '../shared/contract';
import type { Failure } from '../shared/errors';

declare global {
  /** What the desktop's preload exposes; absent in a browser. */
  interface Window {
    readonly tenantscope?: {
      readonly call: (message: { readonly id: string; readonly name: string; readonly input: unknown } | { readonly cancel: string }) => Promise<Reply>;
      /** Returns the function that ends the subscription. */
      readonly onPush: (listener: (push: Push) => void) => () => void;
      readonly pathForFile: (file: File) => string;
    };
  }
}

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Failure;
  }
}
