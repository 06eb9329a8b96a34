/** Goes to the events of a moment without paging there. */
import { CornerDownRight, X } from 'lucide-react';
import { useState } from 'react';
import { createZone, parseInstant } from '../../../shared/domain/time';
import { Button, IconButton, Popover, TextField, Time } from '../../components';
import styles from './timeline-toolbar.module.css';

/** What a field for date and time shows of an instant on the clocks of a zone. */
function localText(at: string, timeZone: string): string {
  const instant = parseInstant(at, timeZone);
  return instant === null ? '' : new Date(instant + createZone(timeZone).offsetAt(instant)).toISOString().slice(0, 16);
}

type FormProps = { readonly at: string; readonly timeZone: string; readonly onJump: (at: string) => void };

function JumpForm({ at, timeZone, onJump }: FormProps) {
  const [local, setLocal] = useState(() => localText(at, timeZone));
  const instant = local === '' ? null : parseInstant(local, timeZone);
  const jump = (): void => { if (instant !== null) onJump(new Date(instant).toISOString()); };
  return (
    <form className={styles.jump} onSubmit={event => { event.preventDefault(); jump(); }}>
      <TextField label={`Date and time (${timeZone})`} type="datetime-local" value={local} onChange={setLocal} hint="The list starts with the last event before it." />
      <Button type="submit" variant="primary" disabled={instant === null}>Jump</Button>
    </form>
  );
}

export type JumpToTimeProps = {
  /** Where the list starts now; null at the newest event. */
  readonly anchor: string | null;
  /** What the field shows at first: the time of an event in sight. */
  readonly suggested: string | null;
  readonly timeZone: string;
  readonly onJump: (at: string | null) => void;
};

export function JumpToTime({ anchor, suggested, timeZone, onJump }: JumpToTimeProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {anchor !== null && (
        <span className={styles.anchor}>
          <span>Starts before <Time at={anchor} /></span>
          <IconButton size="small" icon={X} label="Back to the newest event" onClick={() => { onJump(null); }} />
        </span>
      )}
      <Popover label="Jump to a time" align="end" side="top" open={open} onOpenChange={setOpen} trigger={<Button variant="quiet" size="small" icon={CornerDownRight}>Jump to time</Button>}>
        <JumpForm at={anchor ?? suggested ?? ''} timeZone={timeZone} onJump={at => { setOpen(false); onJump(at); }} />
      </Popover>
    </>
  );
}
