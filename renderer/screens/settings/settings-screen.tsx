/** The settings, section by section; every change is saved at once. */
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Settings } from '../../../shared/contract';
import { defaultSection, formatAddress, toSettings, useAddress } from '../../address';
import { ErrorPanel, Section, SkeletonLines } from '../../components';
import { useSettings } from '../../hooks/use-settings';
import { AboutFacts } from '../about/about-facts';
import { LicenseList } from '../about/license-list';
import { AppearanceSection } from './appearance-section';
import { BackupSection } from './backup-section';
import { KeysSection } from './keys-section';
import styles from './settings.module.css';
import { StoredDataSection } from './stored-data-section';
import { SupportSection } from './support-section';
import { SyncSection } from './sync-section';

const sections = { appearance: 'Appearance', sync: 'Sync', keys: 'Keys', data: 'Stored data', backup: 'Backup', support: 'Support', about: 'About' } as const;
type SectionName = keyof typeof sections;
const isSection = (name: string): name is SectionName => Object.hasOwn(sections, name);

/** Sections that show what was chosen wait for it; the others do not. */
function WithSettings({ children }: { readonly children: (settings: Settings) => ReactNode }) {
  const settings = useSettings();
  if (settings.error !== null) return <ErrorPanel failure={settings.error} form="inline" onRetry={() => { void settings.refetch(); }} isRetrying={settings.isFetching} />;
  return settings.data === undefined ? <SkeletonLines count={4} /> : children(settings.data);
}

function AboutSection() {
  return <><Section title="This program"><AboutFacts /></Section><Section title="Licences"><LicenseList /></Section></>;
}

const contents: Readonly<Record<SectionName, () => ReactNode>> = {
  appearance: () => <WithSettings>{settings => <AppearanceSection settings={settings} />}</WithSettings>,
  sync: () => <WithSettings>{settings => <SyncSection settings={settings} />}</WithSettings>,
  keys: () => <KeysSection />,
  data: () => <WithSettings>{settings => <StoredDataSection settings={settings} />}</WithSettings>,
  backup: () => <BackupSection />,
  support: () => <SupportSection />,
  about: () => <AboutSection />,
};

function SectionLinks({ current }: { readonly current: SectionName }) {
  return (
    <nav aria-label="Settings" className={styles.nav}>
      {Object.entries(sections).map(([name, label]) => <a key={name} href={formatAddress(toSettings(name))} aria-current={name === current ? 'page' : undefined}>{label}</a>)}
    </nav>
  );
}

export function SettingsScreen() {
  const { address } = useAddress();
  const asked = address.screen === 'settings' ? address.section : defaultSection;
  const current = isSection(asked) ? asked : 'appearance';
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => { panel.current?.closest('main')?.scrollTo({ top: 0 }); }, [current]);
  return (
    <div className={styles.screen}>
      <h1 className={styles.title}>Settings</h1>
      <SectionLinks current={current} />
      <div ref={panel} key={current} className={styles.content}>{contents[current]()}</div>
    </div>
  );
}
