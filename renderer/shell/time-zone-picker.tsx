/** Chooses the time zone of everything that is shown. */
import { ChevronDown, Globe } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, ComboSinglePicker } from '../components';
import { systemTimeZone, useDefaultTimeZone } from '../hooks/use-settings';
import { timeZoneOptions } from './time-zones';

export type TimeZonePickerProps = {
  readonly timeZone: string;
  /** Null: the one of the settings. */
  readonly onChange: (timeZone: string | null) => void;
};

export function TimeZonePicker({ timeZone, onChange }: TimeZonePickerProps) {
  const [opened, setOpened] = useState<'never' | 'once'>('never');
  const usual = useDefaultTimeZone();
  const options = useMemo(() => (opened === 'once' ? timeZoneOptions([usual, systemTimeZone()]) : [{ value: timeZone, label: timeZone }]), [opened, usual, timeZone]);
  const trigger = <Button variant="quiet" icon={Globe} aria-label={`Time zone: ${timeZone}`}>{timeZone}<ChevronDown size={14} aria-hidden="true" /></Button>;
  return (
    <ComboSinglePicker label="Time zones" options={options} value={timeZone} trigger={trigger} onOpenChange={open => { if (open) setOpened('once'); }}
      onChange={chosen => { onChange(chosen === usual ? null : chosen); }} />
  );
}
