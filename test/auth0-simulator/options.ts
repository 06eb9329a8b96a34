/** What a simulator can be told, and what it is when it is told nothing. */
import type { EpochMs } from '../../shared/domain/ids';
import type { SimulatedDirectory } from './directory';
import type { SimulatedEvent } from './event-log';
import type { MinuteRefill, Plan } from './rate-limit';
import { allScopes } from './routes';

/** Events of the sample world: `count` of them over 90 days that end at `now`. */
export type GeneratedEvents = { readonly count: number; readonly seed?: number; readonly now?: EpochMs };

export type SimulatorOptions = {
  /** Default: 1,000 generated ones. */
  readonly events?: readonly SimulatedEvent[] | GeneratedEvents;
  /** Default: the sample world's where events are generated, else what the events tell. */
  readonly directory?: SimulatedDirectory;
  /** What the client calls the tenant; the audience is `https://<domain>/api/v2/`. */
  readonly domain?: string;
  /** Where set, this is what the client calls the tenant, and the audience stays that of `domain`. */
  readonly customDomain?: string;
  /** `unlimited` (the default) sends no rate headers. */
  readonly plan?: Plan;
  /** Divides the windows of rate limits and the life of export links; default 1. */
  readonly timeScale?: number;
  readonly minuteRefill?: MinuteRefill;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Default: every scope an endpoint asks for. */
  readonly scopes?: readonly string[];
  readonly tokenLifeSeconds?: number;
  /** What a `from` does that is not in the log (any more): it is a position, or it is refused. */
  readonly unknownFrom?: 'oldest' | 'refuse-400' | 'refuse-404';
  /** The same for ids that never existed; without it `unknownFrom` says. */
  readonly syntheticFrom?: 'accept' | 'refuse-400';
  /** The most events of a page, 100; less makes pages shorter than asked for though more exist. */
  readonly maxTake?: number;
  readonly exportCompression?: 'none' | 'gzip';
  /** Default: one that is free. */
  readonly port?: number;
};

export type ResolvedOptions = Required<Omit<SimulatorOptions, 'directory' | 'customDomain' | 'syntheticFrom'>> & {
  readonly directory: SimulatedDirectory | null;
  readonly customDomain: string | null;
  readonly syntheticFrom: 'accept' | 'refuse-400' | null;
};

/** The instant at which generated events end unless another is given. */
export const simulatedNow: EpochMs = Date.UTC(2026, 10, 20, 12);

export function resolveOptions(options: SimulatorOptions): ResolvedOptions {
  return {
    events: { count: 1000 }, domain: 'simulated.eu.auth0.com', plan: 'unlimited', timeScale: 1, minuteRefill: 'each-second',
    clientId: 'simulated-client', clientSecret: 'simulated secret, known to nobody', scopes: allScopes, tokenLifeSeconds: 86_400,
    unknownFrom: 'oldest', maxTake: 100, exportCompression: 'none', port: 0,
    ...options,
    directory: options.directory ?? null, customDomain: options.customDomain ?? null, syntheticFrom: options.syntheticFrom ?? null,
  };
}
