/** The frame of every screen: navigation at the left, filters on top, banners above all, and the way in when the keys are locked. */
import { Suspense, useEffect } from 'react';
import { tenantOf, tenantScreens, useAddress } from '../address';
import { ErrorPanel, TimeFormatProvider } from '../components';
import { useFilters } from '../hooks/use-filters';
import { usePushes } from '../hooks/use-pushes';
import { useSettings } from '../hooks/use-settings';
import { screens, screenTitles } from '../screens/index';
import { useTheme } from '../theme/use-theme';
import styles from './app-shell.module.css';
import { DropOverlay } from './drop-overlay';
import { FilterBar } from './filter-bar';
import { HostGoneBanner } from './host-gone-banner';
import { MemoryBanner } from './memory-banner';
import { NavigationRail } from './navigation-rail';
import { ScreenBoundary } from './screen-boundary';
import { ShortcutSheet } from './shortcut-sheet';
import { StorageBanner } from './storage-banner';
import { useCurrentTenant, useRememberTenant } from './use-current-tenant';
import { useEntrance } from './use-entrance';
import type { Entrance } from './use-entrance';
import { useMenuCommands } from './use-menu-commands';
import { usePageKeys } from './use-page-keys';

function Content({ entrance }: { readonly entrance: Entrance }) {
  if (entrance.kind === 'wait') return <div className={styles.wait} aria-busy="true" />;
  if (entrance.kind === 'failed') return <ErrorPanel failure={entrance.failure} onRetry={entrance.retry} />;
  const Screen = screens[entrance.screen];
  return <ScreenBoundary key={entrance.screen}><Suspense fallback={<div className={styles.wait} aria-busy="true" />}><Screen /></Suspense></ScreenBoundary>;
}

function useTitle(entrance: Entrance, tenant: string | null): void {
  const screen = entrance.kind === 'screen' ? screenTitles[entrance.screen] : null;
  useEffect(() => {
    document.title = [screen, tenant, 'Tenantscope'].filter(part => part !== null).join(' · ');
  }, [screen, tenant]);
}

export function AppShell() {
  const { address } = useAddress();
  const entrance = useEntrance();
  const current = useCurrentTenant();
  const connection = usePushes();
  const { timeZone } = useFilters();
  useTheme(useSettings().data?.theme ?? 'system');
  useTitle(entrance, tenantOf(address));
  useMenuCommands(current);
  useRememberTenant();
  const sheet = usePageKeys(current);
  const screen = entrance.kind === 'screen' ? entrance.screen : null;
  const isOfTenant = screen !== null && (tenantScreens as readonly string[]).includes(screen);
  return (
    <TimeFormatProvider timeZone={timeZone}>
      <div className={styles.shell}>
        <button type="button" className={styles.skip} onClick={() => { document.getElementById('content')?.focus(); }}>Skip to content</button>
        {screen !== 'unlock' && <NavigationRail tenant={current} />}
        <div className={styles.column}>
          {connection === 'gone' ? <HostGoneBanner /> : <StorageBanner />}
          <MemoryBanner />
          {isOfTenant && 'tenant' in address && <FilterBar tenant={address.tenant} title={screenTitles[address.screen]} />}
          <main id="content" tabIndex={-1} className={screen === 'timeline' || screen === 'cohorts' ? styles.filled : styles.scrolled}><Content entrance={entrance} /></main>
        </div>
        <DropOverlay />
        <ShortcutSheet open={sheet.open} onClose={sheet.close} />
      </div>
    </TimeFormatProvider>
  );
}
