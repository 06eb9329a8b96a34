/** Rate limits by plan: token buckets with fixed-window refill, the API's own first, then the endpoint's. */

export type Plan = 'unlimited' | 'free' | 'essentials' | 'enterprise';
export type EndpointGroup = 'logs' | 'users' | 'organizations' | 'members' | 'clients' | 'connections' | 'other' | 'token';

/** `burst` is the bucket's size, `sustained` what is added in each window. */
type Limit = { readonly burst: number; readonly sustained: number; readonly per: 'second' | 'minute' };
type PlanLimits = { readonly api: Limit | null; readonly authentication: Limit; readonly groups: Readonly<Partial<Record<EndpointGroup, Limit>>> };

/**
 * When a limit a minute is added to: a share each second (100 a minute then lasts for 100 requests a minute),
 * or all of it at the top of the minute, capped by the burst. Auth0's pages say both.
 */
export type MinuteRefill = 'each-second' | 'each-minute';

const perSecond = (burst: number, sustained: number): Limit => ({ burst, sustained, per: 'second' });
const perMinute = (burst: number, sustained: number): Limit => ({ burst, sustained, per: 'minute' });

const plans: Readonly<Record<Exclude<Plan, 'unlimited'>, PlanLimits>> = {
  free: { api: perSecond(2, 2), authentication: perMinute(300, 300), groups: { token: perSecond(30, 30) } },
  essentials: {
    api: null,
    authentication: perSecond(25, 25),
    groups: {
      logs: perMinute(10, 100), users: perMinute(40, 500), organizations: perMinute(5, 50), members: perMinute(40, 500),
      clients: perMinute(5, 100), connections: perMinute(5, 50), other: perMinute(10, 150),
    },
  },
  enterprise: { api: perSecond(50, 16), authentication: perSecond(100, 100), groups: { organizations: perMinute(10, 100), members: perMinute(40, 500) } },
};

export type Admission = {
  readonly admitted: boolean;
  /** Empty where no limit applies. */
  readonly headers: Readonly<Record<string, string>>;
  readonly message: string;
};

/** Tokens are counted in sixtieths, so that a minute's share of a second is a whole number. */
const sixtieths = 60;

type Bucket = {
  readonly take: (now: number) => boolean;
  readonly headers: (now: number) => Readonly<Record<string, string>>;
};

function createBucket(limit: Limit, timeScale: number, minuteRefill: MinuteRefill): Bucket {
  const wholeMinutes = limit.per === 'minute' && minuteRefill === 'each-minute';
  const windowMs = (wholeMinutes ? 60_000 : 1000) / timeScale;
  const addedEachWindow = limit.sustained * (limit.per === 'minute' && !wholeMinutes ? 1 : sixtieths);
  const full = limit.burst * sixtieths;
  let credit = full;
  let window = 0;

  const refill = (now: number): void => {
    const current = Math.floor(now / windowMs);
    credit = Math.min(full, credit + Math.max(0, current - window) * addedEachWindow);
    window = Math.max(window, current);
  };

  return {
    take: now => {
      refill(now);
      if (credit < sixtieths) return false;
      credit -= sixtieths;
      return true;
    },
    headers: now => {
      refill(now);
      const windowsToNext = Math.ceil((sixtieths - (credit % sixtieths)) / addedEachWindow);
      return {
        'x-ratelimit-limit': String(limit.burst),
        'x-ratelimit-remaining': String(Math.floor(credit / sixtieths)),
        'x-ratelimit-reset': String(Math.ceil(((window + windowsToNext) * windowMs) / 1000)),
      };
    },
  };
}

export type RateLimiter = { readonly admit: (group: EndpointGroup, now: number) => Admission };

/** `timeScale` 60 makes a minute pass in a second; `x-ratelimit-reset` stays in whole seconds of the wall clock. */
export function createRateLimiter(plan: Plan, timeScale: number, minuteRefill: MinuteRefill): RateLimiter {
  const free: Admission = { admitted: true, headers: {}, message: '' };
  if (plan === 'unlimited') return { admit: () => free };
  const limits = plans[plan];
  const bucket = (limit: Limit): Bucket => createBucket(limit, timeScale, minuteRefill);
  const api = limits.api === null ? null : bucket(limits.api);
  const authentication = bucket(limits.authentication);
  const groups = new Map(Object.entries(limits.groups).map(([group, limit]) => [group, bucket(limit)]));

  return {
    admit: (group, now) => {
      const common = group === 'token' ? authentication : api;
      if (common !== null && !common.take(now)) return { admitted: false, headers: common.headers(now), message: 'Global limit has been reached' };
      const own = groups.get(group) ?? null;
      if (own !== null && !own.take(now)) return { admitted: false, headers: own.headers(now), message: 'Too many requests' };
      return { ...free, headers: (own ?? common)?.headers(now) ?? {} };
    },
  };
}
