/** Settings of how things look: theme and time zone. */
import { Monitor, Moon, Sun } from 'lucide-react';
import { useMemo } from 'react';
import type { Settings } from '../../../shared/contract';
import { ComboField, RadioCards } from '../../components';
import { systemTimeZone } from '../../hooks/use-settings';
import { timeZoneOptions } from '../../shell/time-zones';
import { SavedSection } from './saved-section';
import styles from './settings.module.css';
import { useSave } from './use-save';

export function AppearanceSection({ settings }: { readonly settings: Settings }) {
  const theme = useSave();
  const zone = useSave();
  const options = useMemo(() => [{ value: 'system', label: 'This machine’s', detail: systemTimeZone() }, ...timeZoneOptions([systemTimeZone()])], []);
  return (
    <>
      <SavedSection title="Theme" save={theme}>
        <RadioCards label="Theme" direction="row" value={settings.theme} onChange={value => { theme.save({ theme: value }); }} options={[
          { value: 'system', label: 'As the system', icon: Monitor }, { value: 'light', label: 'Light', icon: Sun }, { value: 'dark', label: 'Dark', icon: Moon },
        ]} />
      </SavedSection>
      <SavedSection title="Time zone" text="Of every time and day that is shown. The timeline can choose another one for itself." save={zone}>
        <ComboField label="Time zone" labelPlace="hidden" options={options} value={settings.timeZone} onChange={timeZone => { zone.save({ timeZone }); }} className={styles.field} />
      </SavedSection>
    </>
  );
}
