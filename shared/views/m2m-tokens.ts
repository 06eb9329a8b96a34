/** Machine-to-machine tokens by application and audience. */
import { z } from 'zod';
import { commonParams } from './common-params';
import { defineView } from './define-view';
import { rowLimit } from './series-params';

export const m2mTokens = defineView({
  id: 'm2m-tokens',
  title: 'Machine-to-machine tokens',
  definition: 'Tokens handed out for client credentials (seccft), by application and audience. Those for the Management API (its audience ends in /api/v2/) are left out: Auth0 does not bill them. The share is that of all such tokens, also where fewer rows are asked for. Estimated from the log; the bill is Auth0\'s.',
  kind: 'ranking',
  params: [...commonParams, rowLimit],
  columns: [
    { id: 'applicationId', header: 'Application id', kind: 'text' },
    { id: 'applicationName', header: 'Application', kind: 'text' },
    { id: 'audience', header: 'Audience', kind: 'text' },
    { id: 'tokens', header: 'Tokens', kind: 'number' },
    { id: 'share', header: 'Share', kind: 'number' },
  ],
  row: z.object({ applicationId: z.string().nullable(), applicationName: z.string().nullable(), audience: z.string().nullable(), tokens: z.number().int(), share: z.number().min(0).max(1) }),
});
