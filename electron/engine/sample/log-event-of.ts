/** What the index knows of an event of the sample, without the way through its JSON. */
import { errorText } from '../../../shared/domain/error-text';
import type { LogId } from '../../../shared/domain/ids';
import type { LogEvent } from '../../../shared/domain/log-event';
import type { Happening, Scene } from './api-event';

/** The index knows no empty texts. */
const given = (text: string | null | undefined): string | null => (text === undefined || text === '' ? null : text);

/** The same as normalizing what the event writer writes. */
export function logEventOf({ hostname, user, application, connection, organization, origin, device }: Scene, happening: Happening, logId: LogId): LogEvent {
  return {
    logId, occurredAt: happening.at, type: happening.type,
    userId: given(user?.userId), userName: given(user?.userName),
    connection: given(connection?.name), connectionId: given(connection?.id), strategy: given(connection?.strategy),
    organizationId: given(organization?.id), organizationName: given(organization?.name),
    applicationId: given(application?.clientId), applicationName: given(application?.name),
    ip: given(origin?.ip), userAgent: given(device?.userAgent), hostname: given(hostname), description: given(happening.description),
    country: origin?.location?.country_code ?? null, audience: given(happening.audience),
    error: errorText(happening.details), isMobile: device?.isMobile ?? null,
  };
}
