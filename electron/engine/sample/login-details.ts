/** `details` of logins, failed logins and token exchanges, as Auth0 fills them. */
import type { EpochMs } from '../../../shared/domain/ids';
import type { Random } from './random';
import type { UserState } from './run';
import type { SampleUser } from './users';

export type Details = Readonly<Record<string, unknown>>;

const safe = { confidence: 'high', code: 'not_found_on_deny_list' } as const;
const calm = {
  confidence: 'high', version: '1',
  assessments: {
    UntrustedIP: safe,
    NewDevice: { confidence: 'high', code: 'match', details: { device: 'known', useragent: 'known' } },
    ImpossibleTravel: { confidence: 'high', code: 'minimal_travel_from_last_login' },
  },
} as const;
const newDevice = {
  ...calm, confidence: 'medium',
  assessments: { ...calm.assessments, NewDevice: { confidence: 'low', code: 'no_match', details: { device: 'unknown', useragent: 'known' } } },
} as const;
/** Auth0 says low when an assessment could not be made: no sign of an attack. */
const unassessed = {
  ...calm, confidence: 'low',
  assessments: { ...calm.assessments, ImpossibleTravel: { confidence: 'low', code: 'missing_geoip' } },
} as const;

/** On half of the logins; null on some of these. */
function riskOf(random: Random): typeof calm | typeof newDevice | typeof unassessed | null | undefined {
  const kind = random.unit();
  if (kind < 0.5) return undefined;
  if (kind < 0.6) return null;
  return kind < 0.95 ? calm : kind < 0.98 ? newDevice : unassessed;
}

const executionsOf = (random: Random): Details | undefined => (random.chance(0.4) ? { executions: [random.letters(44)] } : undefined);

function promptsOf(random: Random, user: SampleUser, { at, state, elapsedMs }: { readonly at: EpochMs; readonly state: UserState; readonly elapsedMs: number }): readonly Details[] {
  const { connection } = user;
  return [
    {
      name: connection.strategyType === 'enterprise' ? 'federated-authenticate' : 'prompt-authenticate',
      completedAt: at - 120, connection: connection.name, connection_id: connection.id, strategy: connection.strategy,
      identity: user.identity, stats: { loginsCount: state.logins }, session_id: state.sessionId,
      elapsedTime: random.chance(0.6) ? null : elapsedMs - 400,
    },
    {
      name: 'login', flow: connection.strategyType === 'database' ? 'universal-login' : 'login', initiatedAt: at - elapsedMs, completedAt: at - 90,
      timers: { rules: random.between(3, 90) }, user_id: user.userId, user_name: user.userName, elapsedTime: elapsedMs - 90,
    },
  ];
}

/** Of `s`: `loginsCount` counts this login, and is null where Auth0 does not know. */
export function loginDetails(random: Random, user: SampleUser, { at, state }: { readonly at: EpochMs; readonly state: UserState }): Details {
  const elapsedMs = random.between(1200, 30_000);
  return {
    prompts: promptsOf(random, user, { at, state, elapsedMs }),
    initiatedAt: at - elapsedMs, completedAt: at, elapsedTime: elapsedMs,
    session_id: state.sessionId, stats: { loginsCount: random.chance(0.97) ? state.logins : null },
    riskAssessment: riskOf(random), actions: executionsOf(random),
    transaction_id: random.chance(0.5) ? random.letters(22) : undefined,
    saml_certificate_thumbprint: user.connection.strategy === 'samlp' ? thumbprintOf(user.connection.id) : undefined,
  };
}

/** 40 hexadecimal digits that are the same whenever a connection is. */
export function thumbprintOf(text: string): string {
  let print = '';
  for (let i = 0; print.length < 40; i += 1) print += ((text.charCodeAt(i % text.length) * 37 + i * 11) % 256).toString(16).padStart(2, '0');
  return print;
}

const queryOf = (user: SampleUser): Details => ({
  client_id: user.application.clientId, connection: user.connection.name, response_type: 'code', scope: 'openid profile email',
  redirect_uri: 'https://app.example.com/callback', audience: user.application.audience,
});

/** Of `f`: what went wrong at the identity provider or afterwards. */
export function failureDetails(random: Random, user: SampleUser, message: string): Details {
  return {
    error: { message, oauthError: 'access_denied', type: user.connection.strategyType === 'enterprise' ? 'request-error' : 'oauth-authorization' },
    qs: queryOf(user), session_id: random.letters(32), stats: { loginsCount: null }, transaction_id: random.letters(22),
  };
}

/** Of `fsa`: nobody was logged in, which is everyday traffic. */
export const loginRequiredDetails = (user: SampleUser): Details => ({
  error: { message: 'Login required', oauthError: 'login_required', type: 'oauth-authorization' },
  qs: { ...queryOf(user), prompt: 'none', response_mode: 'web_message' },
});

export function silentDetails(random: Random, user: SampleUser, { at, state }: { readonly at: EpochMs; readonly state: UserState }): Details {
  const elapsedMs = random.between(60, 900);
  return {
    prompts: [], initiatedAt: at - elapsedMs, completedAt: at, elapsedTime: random.chance(0.9) ? elapsedMs : null,
    session_id: state.sessionId, session_connection: user.connection.name, actions: executionsOf(random),
  };
}

/** The code is masked but for its end. */
export const codeDetails = (random: Random, state: UserState): Details => ({
  code: `*************${random.letters(3)}`, access_token_jti: random.letters(22), refresh_token: { access: 'offline', session_id: state.sessionId },
});

export const refreshDetails = (random: Random, state: UserState): Details => ({
  familyId: state.familyId, tokenCounter: state.tokenCounter, access_token_jti: random.letters(22), actions: executionsOf(random),
});
