/** The page: what every screen needs around it. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ToastsProvider } from '../components';
import { DroppedFilesProvider } from '../hooks/use-dropped-files';
import { NowProvider } from '../hooks/use-now';
import { ShortcutsProvider } from '../hooks/use-shortcuts';
import { SyncProvider } from '../hooks/use-sync';
import { AppShell } from './app-shell';

/** The host is on this machine: being offline pauses nothing, and a failure is told at once. */
const createCache = (): QueryClient => new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

function Providers({ children }: { readonly children: ReactNode }) {
  const [cache] = useState(createCache);
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={cache}>
        <Tooltip.Provider>
          <ToastsProvider>
            <NowProvider><SyncProvider><DroppedFilesProvider><ShortcutsProvider>{children}</ShortcutsProvider></DroppedFilesProvider></SyncProvider></NowProvider>
          </ToastsProvider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

export function App() {
  return <Providers><AppShell /></Providers>;
}
