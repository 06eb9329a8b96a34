/** The field for free text: the address follows when typing pauses. */
import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { TextField } from '../../components';

const pauseMs = 250;

export type SearchBoxProps = { readonly value: string; readonly onSearch: (text: string) => void };

export function SearchBox({ value, onSearch }: SearchBoxProps) {
  const [draft, setDraft] = useState({ text: value, of: value });
  // The text may also change elsewhere: by a chip that is removed, or by going back.
  if (draft.of !== value) setDraft({ text: value, of: value });
  const search = useEffectEvent((text: string) => { if (text.trim() !== value) onSearch(text.trim()); });
  useEffect(() => {
    const timer = window.setTimeout(() => { search(draft.text); }, pauseMs);
    return () => { window.clearTimeout(timer); };
  }, [draft.text]);
  return (
    <TextField label="Search events" labelPlace="hidden" type="search" icon={Search} placeholder="Search users, addresses, text" maxLength={1000} spellCheck={false} autoComplete="off"
      value={draft.text} onChange={text => { setDraft(before => ({ ...before, text })); }} />
  );
}
