/** Words the few answers that are not the application itself: a browser shows its own error page where a refusal has no body. */
import type { RefusalReason } from './access';

const texts: Readonly<Record<RefusalReason, string>> = {
  target: 'The request is not well formed.',
  header: 'The request is not well formed.',
  host: 'Tenantscope answers under the address that it printed when it started, and under no other name.',
  origin: 'Only Tenantscope\'s own page may ask.',
  site: 'Another site led here. Open the address that Tenantscope printed by hand.',
  ticket: 'This address has been used, or belongs to an earlier run. Each lets in one browser: use the address that Tenantscope printed last.',
  session: 'This browser has not been let in. Use the address that Tenantscope printed.',
  method: 'This is not asked for in that way.',
  type: 'The request\'s content type is not the one that is taken here.',
  size: 'The request is too large.',
  id: 'There is no such transfer. A page chooses the ids of what it sends and takes: POST /upload?id=ID while a call names upload:ID, GET /download/ID while a call names download:ID.',
};

export const refusalText = (reason: RefusalReason): string => texts[reason];

/** A page without styles, scripts or links; the text is one of the above. */
export const plainPage = (text: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Tenantscope</title></head>\n<body><h1>Tenantscope</h1><p>${text}</p></body></html>\n`;
