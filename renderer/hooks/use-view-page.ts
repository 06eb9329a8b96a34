/** Pages of a view, typed by the view that is asked. */
import { useQuery } from '@tanstack/react-query';
import type { UseQueryOptions, UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ViewPage } from '../../shared/contract';
import type { View } from '../../shared/views/define-view';
import { call } from '../engine-client';
import type { CallOptions } from '../engine-client';
import { keys } from '../query-keys';

export type RowOf<Asked> = Asked extends View<infer Shape> ? z.output<z.ZodObject<Shape>> : never;
export type PageOf<Asked> = Omit<ViewPage, 'rows'> & { readonly rows: readonly RowOf<Asked>[] };

export type PageRequest = {
  readonly tenant: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** Rows in a page, 1 to 5,000. Default 100. */
  readonly size?: number;
  /** `next` of the page before; none for the first. */
  readonly page?: string | null;
};

/** One page, for queries that put pages together themselves. @throws Failure of the catalogue */
export async function readViewPage<Asked extends View>(view: Asked, request: PageRequest, options: CallOptions = {}): Promise<PageOf<Asked>> {
  const { tenant, size = 100, page = null } = request;
  const params = Object.fromEntries(Object.entries(request.params).map(([name, values]) => [name, [...values]]));
  const read = await call('view.read', { tenant, view: view.id, params, size, ...(page === null ? {} : { page }) }, options);
  // The privileged side has parsed every row with the view's own schema.
  return read as unknown as PageOf<Asked>;
}

type PageOptions<Asked> = Pick<UseQueryOptions<PageOf<Asked>>, 'enabled' | 'staleTime' | 'placeholderData'>;

export function useViewPage<Asked extends View>(view: Asked, request: PageRequest, options: PageOptions<Asked> = {}): UseQueryResult<PageOf<Asked>> {
  const { tenant, params, size = 100, page = null } = request;
  return useQuery({
    queryKey: keys.viewPage(tenant, view.id, params, { size, token: page }),
    queryFn: ({ signal }) => readViewPage(view, request, { signal }),
    staleTime: Infinity,
    ...options,
  });
}
