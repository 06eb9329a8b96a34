/** The moment at which relative ranges end: one for the whole page, moved on only on purpose, so that every question means the same. */
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { EpochMs } from '../../shared/domain/ids';

export type Now = { readonly now: EpochMs; readonly renew: () => void };

const NowContext = createContext<Now>({ now: 0, renew: () => undefined });
const minuteMs = 60_000;
const currentMinute = (): EpochMs => Math.ceil(Date.now() / minuteMs) * minuteMs;

export function NowProvider({ children }: { readonly children: ReactNode }) {
  const [now, setNow] = useState(currentMinute);
  const renew = useCallback(() => { setNow(currentMinute()); }, []);
  const value = useMemo(() => ({ now, renew }), [now, renew]);
  return <NowContext value={value}>{children}</NowContext>;
}

/** `renew` moves the moment to the present minute: after a new range was chosen, or a sync brought events. */
export const useNow = (): Now => useContext(NowContext);
