/** The navigation at the left: tenants on top, screens below, settings at the bottom. */
import { ChartColumn, FileInput, Gauge, Grid3x3, ListTree, PanelLeftClose, PanelLeftOpen, Settings, TrendingUp } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Address } from '../address';
import { carriedParams, formatAddress, tenantOf, toScreen, toSettings, toTenantScreen, useAddress } from '../address';
import type { TenantScreen } from '../address';
import { classNames, IconButton, Tag, Tooltip } from '../components';
import { useAppInfo } from '../hooks/use-app-info';
import { Logo } from '../theme/logo';
import styles from './navigation-rail.module.css';
import { TenantSwitcher } from './tenant-switcher';
import { useRail } from './use-rail';
import type { RailWidth } from './use-rail';

const tenantLinks: readonly (readonly [screen: TenantScreen, icon: LucideIcon, label: string])[] = [
  ['activity', ChartColumn, 'Activity'],
  ['timeline', ListTree, 'Timeline'],
  ['cohorts', Grid3x3, 'Cohorts'],
  ['growth', TrendingUp, 'Growth'],
  ['usage', Gauge, 'Usage'],
];

type LinkProps = { readonly to: Address; readonly icon: LucideIcon; readonly label: string; readonly rail: RailWidth; readonly current: Address['screen'] };

function RailLink({ to, icon: Icon, label, rail, current }: LinkProps) {
  const link = (
    <a href={formatAddress(to)} className={classNames(styles.link, rail === 'narrow' && styles.narrowLink)} aria-current={current === to.screen ? 'page' : undefined}>
      <Icon size={16} aria-hidden="true" />
      <span className={rail === 'narrow' ? styles.hidden : undefined}>{label}</span>
    </a>
  );
  return rail === 'narrow' ? <Tooltip text={label} side="right">{link}</Tooltip> : link;
}

function ReadOnlyNote({ rail }: { readonly rail: RailWidth }) {
  const info = useAppInfo().data;
  if (info === undefined || info.canWrite || rail === 'narrow') return null;
  return (
    <Tooltip text="Another Tenantscope is writing to this data folder. Everything can be read here." side="right">
      <button type="button" className={styles.note}><Tag tone="warning">Read only</Tag></button>
    </Tooltip>
  );
}

export function NavigationRail({ tenant }: { readonly tenant: string }) {
  const { address } = useAddress();
  const { width: rail, toggle } = useRail();
  const shared = { rail, current: address.screen };
  const carried = tenantOf(address) === tenant ? carriedParams(address) : {};
  return (
    <nav aria-label="Tenants and screens" className={classNames(styles.rail, rail === 'narrow' && styles.narrow)}>
      <a href={formatAddress(toScreen('welcome'))} className={styles.brand} aria-label="Tenantscope, welcome screen">
        <Logo size={20} />
        {rail === 'wide' && <span>Tenantscope</span>}
      </a>
      <TenantSwitcher tenant={tenant} rail={rail} />
      <div className={styles.links}>
        {tenantLinks.map(([screen, icon, label]) => <RailLink key={screen} to={toTenantScreen(screen, tenant, carried)} icon={icon} label={label} {...shared} />)}
        <RailLink to={toScreen('import')} icon={FileInput} label="Import" {...shared} />
        <span className={styles.space} />
        <ReadOnlyNote rail={rail} />
        <RailLink to={toSettings()} icon={Settings} label="Settings" {...shared} />
      </div>
      <div className={styles.foot}>
        {toggle !== null && <IconButton icon={rail === 'wide' ? PanelLeftClose : PanelLeftOpen} label={rail === 'wide' ? 'Collapse the navigation' : 'Expand the navigation'} onClick={toggle} />}
      </div>
    </nav>
  );
}
