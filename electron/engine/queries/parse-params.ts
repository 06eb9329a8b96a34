/** Turns the parameters of a view, as a caller gave them, into checked values. */
import { canonicalAddress } from '../../../shared/domain/address';
import { foldCase } from '../../../shared/domain/fold-case';
import type { EpochMs } from '../../../shared/domain/ids';
import { formatInstant, isTimeZone, parseInstant } from '../../../shared/domain/time';
import { Failure } from '../../../shared/errors';
import { excludableFields } from '../../../shared/views/common-params';
import type { ExcludableField } from '../../../shared/views/common-params';
import type { ParamSpec, View } from '../../../shared/views/define-view';

export const grains = ['hour', 'day', 'week', 'month'] as const;
export type Grain = (typeof grains)[number];

/** The parameters every view takes. Several values of one parameter mean "or"; none, that it does not filter. */
export type Filter = {
  /** Start, included; null for the archive's first event. */
  readonly from: EpochMs | null;
  /** End, excluded and not before `from`; null for the archive's end. */
  readonly to: EpochMs | null;
  readonly timeZone: string;
  /** Null where the view is to choose. */
  readonly grain: Grain | null;
  readonly application: readonly string[];
  readonly connection: readonly string[];
  readonly organization: readonly string[];
  readonly user: readonly string[];
  readonly type: readonly string[];
  readonly outcome: readonly string[];
  /** Canonical spellings. */
  readonly ip: readonly string[];
  readonly category: readonly string[];
  readonly strategy: readonly string[];
  /** Upper case. */
  readonly country: readonly string[];
  readonly hostname: readonly string[];
  readonly browser: readonly string[];
  readonly device: readonly string[];
  /** What is left out, all of it. */
  readonly exclude: readonly { readonly field: ExcludableField; readonly value: string }[];
  /** Case folded. */
  readonly q: readonly string[];
};

/** `extra`: the view's other parameters, by name; the default where nothing was given, an empty list where there is none. */
export type ParsedParams = { readonly filter: Filter; readonly extra: Readonly<Record<string, readonly string[]>> };

type RawParams = Readonly<Record<string, readonly string[]>>;

const filterNames = [...excludableFields, 'from', 'to', 'timeZone', 'grain', 'exclude', 'q'] as readonly string[];
const largestCount = 100_000;
const shownLength = 100;

/** The choices that may be repeated; of every other choice a view can follow one only. */
const repeatableChoices = ['outcome', 'category', 'field'];

/**
 * Checks parameters against a view's own list; where a view lists a name twice, its last entry holds.
 * @throws Failure view.param-unknown, view.param-invalid
 */
export function parseParams(view: View, raw: RawParams): ParsedParams {
  const specs = new Map(view.params.map(spec => [spec.name, spec]));
  for (const name of Object.keys(raw)) {
    if (!specs.has(name)) throw new Failure('view.param-unknown', { view: view.id, param: shown(name), known: [...specs.keys()].join(', ') });
  }
  const zone = parsed(specs.get('timeZone'), raw, 'UTC')[0] ?? 'UTC';
  const list = (name: string): readonly string[] => parsed(specs.get(name), raw, zone);
  const grain = list('grain')[0];
  const filter: Filter = {
    ...range(list('from')[0], list('to')[0]),
    timeZone: zone,
    grain: grains.find(known => known === grain) ?? null,
    ...(Object.fromEntries(excludableFields.map(name => [name, list(name)])) as Readonly<Record<ExcludableField, readonly string[]>>),
    exclude: list('exclude').map(text => exclusion(view, text)),
    q: list('q'),
  };
  const extra = [...specs.keys()].filter(name => !filterNames.includes(name)).map(name => [name, list(name)] as const);
  return { filter, extra: Object.fromEntries(extra) };
}

/** The distinct values of one parameter: checked, in the form in which they are compared, instants as milliseconds in decimal. */
function parsed(spec: ParamSpec | undefined, raw: RawParams, zone: string): readonly string[] {
  if (spec === undefined) return [];
  const given = Object.hasOwn(raw, spec.name) ? (raw[spec.name] ?? []) : [];
  const texts = given.length === 0 && spec.default !== null ? [spec.default] : given;
  const values = [...new Set(texts.map(text => check(spec, text, zone)))];
  const isSingle = spec.type !== 'text' && !(spec.type === 'choice' && repeatableChoices.includes(spec.name));
  if (isSingle && values.length > 1) throw invalid(spec.name, texts.join(', '), `Give ${spec.name} once.`);
  return values;
}

function check(spec: ParamSpec, text: string, zone: string): string {
  switch (spec.type) {
    case 'instant': {
      const at = parseInstant(text, zone);
      if (at === null) throw invalid(spec.name, text, `Give an instant such as 2026-03-01T09:30:00Z, or a date such as 2026-03-01, which begins in ${zone}.`);
      return String(at);
    }
    case 'time-zone':
      if (!isTimeZone(text)) throw invalid(spec.name, text, 'Give an IANA name such as Europe/Berlin or UTC.');
      return text;
    case 'choice':
      if (spec.values !== null && !spec.values.includes(text)) throw invalid(spec.name, text, `Give one of ${spec.values.join(', ')}.`);
      return text;
    case 'count':
      if (!/^[1-9]\d{0,5}$/.test(text) || Number(text) > largestCount) throw invalid(spec.name, text, `Give a whole number from 1 to ${String(largestCount)}.`);
      return text;
    case 'amount':
      if (!/^[1-9]\d{0,11}$/.test(text)) throw invalid(spec.name, text, 'Give a whole number from 1 to 999,999,999,999.');
      return text;
    case 'ordinal':
      if (!/^(0|[1-9]\d{0,3})$/.test(text)) throw invalid(spec.name, text, 'Give a whole number from 0 to 9,999.');
      return text;
    case 'text':
      return checkText(spec.name, text);
  }
}

function checkText(name: string, text: string): string {
  const forms: Readonly<Record<string, (given: string) => string>> = { ip: canonicalAddress, q: foldCase, country: given => given.toUpperCase() };
  const value = Object.hasOwn(forms, name) ? (forms[name]?.(text) ?? text) : text;
  if (value.trim() === '') throw invalid(name, text, `Leave ${name} out, or give it a value.`);
  return value;
}

/** The value of an exclusion is checked as the filter it turns round. */
function exclusion(view: View, text: string): { readonly field: ExcludableField; readonly value: string } {
  const colon = text.indexOf(':');
  const field = excludableFields.find(known => known === text.slice(0, colon));
  const spec = view.params.find(known => known.name === field);
  if (field === undefined || spec === undefined) throw invalid('exclude', text, `Give FIELD:VALUE with FIELD one of ${excludableFields.join(', ')}.`);
  return { field, value: check(spec, text.slice(colon + 1), 'UTC') };
}

function range(from: string | undefined, to: string | undefined): { from: EpochMs | null; to: EpochMs | null } {
  if (from !== undefined && to !== undefined && Number(from) > Number(to)) {
    throw invalid('from', formatInstant(Number(from)), `Give a start that is not after the end, ${formatInstant(Number(to))}.`);
  }
  return { from: from === undefined ? null : Number(from), to: to === undefined ? null : Number(to) };
}

const shown = (text: string): string => (text.length > shownLength ? `${text.slice(0, shownLength)}…` : text);

const invalid = (param: string, value: string, expected: string): Failure =>
  new Failure('view.param-invalid', { param, value: value.trim() === '' ? 'empty' : shown(value), expected });
