/** Replies before they are sent, and the two dialects in which Auth0 words its errors. */

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed',
  414: 'Request-URI Too Large', 429: 'Too Many Requests', 500: 'Internal Server Error', 503: 'Service Unavailable',
};

const reasonOf = (status: number): string => reasons[status] ?? 'Error';

export const jsonType = 'application/json; charset=utf-8';

export const bytesReply = (status: number, body: Buffer, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status, headers: { 'content-type': jsonType, ...headers }, body,
});

export const jsonReply = (value: unknown, status = 200): Reply => bytesReply(status, Buffer.from(JSON.stringify(value)));

export const htmlReply = (status: number, heading: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: Buffer.from(`<!DOCTYPE html>\n<html><head><title>${heading}</title></head><body><h1>${heading}</h1><p>Please try again.</p></body></html>\n`),
});

/** The Management API's dialect. */
export const apiError = (status: number, message: string, errorCode?: string): Reply =>
  jsonReply({ statusCode: status, error: reasonOf(status), message, ...(errorCode === undefined ? {} : { errorCode }) }, status);

/** The token endpoint's dialect. */
export const oauthError = (status: number, error: string, description: string): Reply =>
  jsonReply({ error, error_description: description }, status);

export const withHeaders = (reply: Reply, headers: Readonly<Record<string, string>>): Reply => ({ ...reply, headers: { ...reply.headers, ...headers } });

export const queryError = (problem: string, property: string): Reply =>
  apiError(400, `Query validation error: '${problem}' on property ${property}`, 'invalid_query_string');
