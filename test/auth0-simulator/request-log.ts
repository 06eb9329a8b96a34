/** Remembers the requests a simulator got, newest last, within bounds. */

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** As sent, `authorization` included. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Milliseconds since 1970, when its head had been read. */
  readonly at: number;
  /** Null until there is a status line, and for ever where the connection was cut before one. */
  readonly status: number | null;
};

export type OpenRecord = { body: string; status: number | null };

export type RequestLog = {
  readonly open: (request: Omit<RecordedRequest, 'body' | 'status'>) => OpenRecord;
  readonly list: () => readonly RecordedRequest[];
};

export function createRequestLog(limit: number): RequestLog {
  let records: RecordedRequest[] = [];
  return {
    open: request => {
      if (records.length >= limit * 2) records = records.slice(-limit);
      const record = { ...request, body: '', status: null as number | null };
      records.push(record);
      return record;
    },
    list: () => records.slice(-limit),
  };
}
