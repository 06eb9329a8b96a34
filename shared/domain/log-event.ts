/** One thing Auth0 logged, as the index knows it; the event itself is kept whole beside it. */
import type { EpochMs, LogId } from './ids';

/** The fields of a log event that views, filters and facets look into. Absent and empty are both null. Texts are written by strangers. */
export type LogEvent = {
  readonly logId: LogId;
  readonly occurredAt: EpochMs;
  readonly type: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly connection: string | null;
  readonly connectionId: string | null;
  readonly strategy: string | null;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  readonly applicationId: string | null;
  readonly applicationName: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly hostname: string | null;
  readonly description: string | null;
  /** ISO 3166 code from `location_info`, upper case. */
  readonly country: string | null;
  /** The API a token is for. */
  readonly audience: string | null;
  /** What went wrong, from `details.error`: its message, else its code. */
  readonly error: string | null;
  readonly isMobile: boolean | null;
};
