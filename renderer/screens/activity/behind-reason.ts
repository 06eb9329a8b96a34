/** Which filters show, in the timeline, exactly the failed logins that one reason of a bucket counted. */
import { codesOfReason, blockedAttemptCodes, failureReasons, ownStrategies } from '../../../shared/domain/failure-reasons';
import type { FailureReason } from '../../../shared/domain/failure-reasons';
import { changeParams } from '../../address';
import type { Params } from '../../address';
import { demandsOf, narrowed } from './click-through';
import type { Definition } from './click-through';

/** A series of the chart of failed logins. Blocked attempts are counted beside the failures. */
export type ReasonSeries = FailureReason | 'blocked';
export const reasonSeries: readonly ReasonSeries[] = [...failureReasons, 'blocked'];
export const isReasonSeries = (id: string): id is ReasonSeries => (reasonSeries as readonly string[]).includes(id);

/** Types whose reason is told by the strategy of their connection. */
const byStrategy = codesOfReason.identityProvider;
const named: readonly string[] = Object.values(codesOfReason).flat();

/** Whether the types that a connection's strategy decides about need to be looked up first. */
export const needsStrategies = (reason: ReasonSeries): boolean => reason === 'identityProvider' || reason === 'other';

/** Filters for the events whose strategies decide; `params` are those of the bucket without its reason. */
export const strategyParams = (params: Params): Params | null => narrowed(params, { type: byStrategy });

export type ReasonQuestion = {
  readonly reason: ReasonSeries;
  readonly definition: Definition;
  /** Strategies of the bucket's events of `strategyParams`. */
  readonly strategies: readonly string[];
};

/**
 * Filters for one reason, the best ones first; a later one holds where the first ones leave some out, which only `other` can: it unites two
 * kinds of events that filters cannot unite where both occur on connections of an identity provider.
 */
export function paramsBehindReason(params: Params, { reason, definition, strategies }: ReasonQuestion): readonly Params[] {
  const counted = demandsOf('failed-logins', definition).type ?? [];
  const foreign = strategies.filter(strategy => !ownStrategies.includes(strategy));
  const of = (types: readonly string[]): Params | null => narrowed(params, { type: types });
  const isSome = (found: Params | null): found is Params => found !== null;
  switch (reason) {
    case 'blocked': return [of(blockedAttemptCodes)].filter(isSome);
    case 'identityProvider': return foreign.length === 0 ? [] : [narrowed(params, { type: byStrategy.filter(code => counted.includes(code)), strategy: foreign })].filter(isSome);
    case 'other': {
      const rest = counted.filter(code => !named.includes(code));
      return [without(of(counted.filter(code => !named.includes(code) || byStrategy.includes(code))), foreign), of(rest)].filter(isSome);
    }
    default: return [of(codesOfReason[reason].filter(code => counted.includes(code)))].filter(isSome);
  }
}

function without(params: Params | null, strategies: readonly string[]): Params | null {
  const left = strategies.map(strategy => `strategy:${strategy}`);
  return params === null ? null : changeParams(params, { exclude: [...new Set([...(params.exclude ?? []), ...left])] });
}
