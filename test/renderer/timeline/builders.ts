/** Rows of the timeline for tests. */
import type { TimelineRow } from '../../../renderer/screens/timeline/timeline-row';

export const timelineRow = (fields: Partial<TimelineRow> = {}): TimelineRow => ({
  logId: '90020261121033317614000000000000000000000000000000000001', occurredAt: '2026-11-21T03:33:17.614Z', type: 's', eventName: 'Successful login', category: 'login', outcome: 'success',
  userId: 'auth0|user1', userName: 'user@example.com', connection: 'acme-saml', connectionId: 'con_acme', strategy: 'samlp', organizationId: 'org_acme', organizationName: 'acme',
  applicationId: 'client1', applicationName: 'Shop', ip: '203.0.113.7', userAgent: 'Chrome', hostname: 'login.example.com', description: 'Welcome', revisions: 0, ...fields,
});
