/** The page's state as it stands in the address: which screen, which tenant, which filters. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** Parameters of an address, in order; a repeated one is a list. */
export type Params = Readonly<Record<string, readonly string[]>>;

export const plainScreens = ['welcome', 'connect', 'import', 'unlock', 'about'] as const;
export type PlainScreen = (typeof plainScreens)[number];

/** Screens about one tenant, which share its filters. */
export const tenantScreens = ['activity', 'timeline', 'cohorts', 'growth', 'usage'] as const;
export type TenantScreen = (typeof tenantScreens)[number];

/** `home` is the bare address: the shell decides where it leads. */
export type Address =
  | { readonly screen: PlainScreen | 'home'; readonly params: Params }
  | { readonly screen: 'settings'; readonly section: string; readonly params: Params }
  | { readonly screen: TenantScreen; readonly tenant: string; readonly params: Params };

/** Changes of parameters by name: a list or one text replaces what is there, null or nothing takes it away. */
export type ParamChanges = Readonly<Record<string, readonly string[] | string | null>>;

export const defaultSection = 'appearance';
export const toScreen = (screen: PlainScreen | 'home', params: Params = {}): Address => ({ screen, params });
export const toSettings = (section: string = defaultSection): Address => ({ screen: 'settings', section, params: {} });
export const toTenantScreen = (screen: TenantScreen, tenant: string, params: Params = {}): Address => ({ screen, tenant, params });
export const toTimeline = (tenant: string, params: Params = {}): Address => toTenantScreen('timeline', tenant, params);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function parseParams(text: string): Params {
  const params = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === '' || value === '') continue;
    params.set(name, [...(params.get(name) ?? []), value]);
  }
  return Object.fromEntries(params);
}

const isTenantScreen = (name: string): name is TenantScreen => (tenantScreens as readonly string[]).includes(name);
const isPlainScreen = (name: string): name is PlainScreen => (plainScreens as readonly string[]).includes(name);

/** Reads the part behind `#`, with or without it. What no screen answers to is home. */
export function parseAddress(hash: string): Address {
  const [path = '', query = ''] = splitOnce(hash.replace(/^#/, ''), '?');
  const params = parseParams(query);
  const [first = '', second = '', third = '', ...rest] = path.split('/').slice(1).map(decode);
  if (rest.length > 0) return toScreen('home');
  if (isPlainScreen(first) && second === '') return toScreen(first, params);
  if (first === 'settings' && third === '') return { screen: 'settings', section: second === '' ? defaultSection : second, params };
  if (first === 't' && second !== '' && third === '') return toTimeline(second, params);
  if (first === 't' && second !== '' && isTenantScreen(third)) return toTenantScreen(third, second, params);
  return toScreen('home', params);
}

function splitOnce(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function formatPath(address: Address): string {
  if (address.screen === 'home') return '/';
  if (address.screen === 'settings') return `/settings/${encodeURIComponent(address.section)}`;
  if ('tenant' in address) return `/t/${encodeURIComponent(address.tenant)}/${address.screen}`;
  return `/${address.screen}`;
}

/** Writes an address with its `#`; the inverse of parseAddress. */
export function formatAddress(address: Address): string {
  const pairs = Object.entries(address.params).flatMap(([name, values]) => values.filter(value => value !== '').map(value => [name, value]));
  const query = new URLSearchParams(pairs).toString();
  return `#${formatPath(address)}${query === '' ? '' : `?${query}`}`;
}

/** Parameters after a change; what has no value is left out. */
export function changeParams(params: Params, changes: ParamChanges): Params {
  const changed = new Map(Object.entries(params));
  for (const [name, value] of Object.entries(changes)) {
    const values = (typeof value === 'string' ? [value] : value ?? []).filter(text => text !== '');
    if (values.length === 0) changed.delete(name);
    else changed.set(name, values);
  }
  return Object.fromEntries(changed);
}

/** `push` makes a step that Back undoes; `replace` does not, for what changes while somebody types or moves through rows. */
export type HistoryStep = 'push' | 'replace';

export type AddressControl = {
  readonly address: Address;
  readonly go: (to: Address, step?: HistoryStep) => void;
  /** Changes parameters of the current address and leaves the rest. */
  readonly setParams: (changes: ParamChanges, step?: HistoryStep) => void;
};

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
};

/** Goes to an address; everything that reads the address is told. */
export function navigate(to: Address, step: HistoryStep = 'push'): void {
  const hash = formatAddress(to);
  if (hash === window.location.hash) return;
  if (step === 'push') window.history.pushState(null, '', hash);
  else window.history.replaceState(null, '', hash);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** The address and the ways to change it. */
export function useAddress(): AddressControl {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash, () => '');
  const address = useMemo(() => parseAddress(hash), [hash]);
  const setParams = useCallback((changes: ParamChanges, step: HistoryStep = 'push') => {
    // Two changes in one turn must not lose the first: read the address as it is now.
    const current = parseAddress(window.location.hash);
    navigate({ ...current, params: changeParams(current.params, changes) }, step);
  }, []);
  return { address, go: navigate, setParams };
}

/** The tenant of an address, or null where the screen is about none. */
export const tenantOf = (address: Address): string | null => ('tenant' in address ? address.tenant : null);

const ownOfTimeline = ['at', 'event'];

/** The filters of an address, as another screen of the tenant takes them along. */
export const carriedParams = (address: Address): Params => ('tenant' in address ? changeParams(address.params, Object.fromEntries(ownOfTimeline.map(name => [name, null]))) : {});
