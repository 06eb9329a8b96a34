/** Takes the values of flags out of an invocation, checked and typed. */
import { Failure } from '../../shared/errors';
import type { Invocation } from './arguments';
import { numberText } from './wording';

export const optionalValue = (invocation: Invocation, flag: string): string | null => invocation.values.get(flag)?.[0] ?? null;

export const isGiven = (invocation: Invocation, flag: string): boolean => invocation.values.has(flag);

/** @throws Failure usage.flag-missing */
export function requiredValue(invocation: Invocation, flag: string): string {
  return optionalValue(invocation, flag) ?? missing(invocation, `--${flag}`);
}

/** Names of tenants are lower case; only ASCII is folded, so that no other letter becomes one of theirs. */
const tenantName = (typed: string): string => typed.replace(/[A-Z]/g, letter => letter.toLowerCase());

export function optionalTenant(invocation: Invocation): string | null {
  const typed = optionalValue(invocation, 'tenant');
  return typed === null ? null : tenantName(typed);
}

/** @throws Failure usage.flag-missing */
export const requiredTenant = (invocation: Invocation): string => tenantName(requiredValue(invocation, 'tenant'));

/** The first word after the command. @throws Failure usage.flag-missing */
export function requiredArgument(invocation: Invocation, name: string): string {
  const value = invocation.positionals[0];
  return value === undefined || value === '' ? missing(invocation, name) : value;
}

/** @throws Failure usage.flag-missing */
export function missing(invocation: Invocation, what: string): never {
  throw new Failure('usage.flag-missing', { command: invocation.command.name, flag: what });
}

export type NumberBounds = { readonly min: number; readonly max: number; readonly kind: 'whole' | 'decimal' };

const numbers = { whole: /^\d+$/, decimal: /^\d+(\.\d+)?$/ } as const;

/** @throws Failure usage.value-invalid */
export function optionalNumber(invocation: Invocation, flag: string, { min, max, kind }: NumberBounds): number | null {
  const text = optionalValue(invocation, flag);
  if (text === null) return null;
  const value = Number(text);
  if (numbers[kind].test(text) && value >= min && value <= max) return value;
  const noun = kind === 'whole' ? 'a whole number' : 'a number';
  throw new Failure('usage.value-invalid', { flag: `--${flag}`, value: text, expected: `Give ${noun} from ${numberText(min)} to ${numberText(max)}.` });
}

/**
 * Every `--param name=value`, by name, in the order given; a value may hold further `=`.
 * @throws Failure usage.value-invalid
 */
export function viewParams(invocation: Invocation): Record<string, string[]> {
  const params = new Map<string, string[]>();
  for (const text of invocation.values.get('param') ?? []) {
    const at = text.indexOf('=');
    if (at < 1) throw new Failure('usage.value-invalid', { flag: '--param', value: text, expected: 'Give it as NAME=VALUE.' });
    const name = text.slice(0, at);
    params.set(name, [...(params.get(name) ?? []), text.slice(at + 1)]);
  }
  return Object.fromEntries(params);
}
