/** All rows of a view, read page after page as of one moment, up to a bound. */
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { View } from '../../shared/views/define-view';
import { keys } from '../query-keys';
import { readViewPage } from './use-view-page';
import type { PageOf, PageRequest, RowOf } from './use-view-page';

/** `cut` where there are more rows than the bound. */
export type WholeView<Asked> = { readonly rows: readonly RowOf<Asked>[]; readonly extent: 'whole' | 'cut' };
export type WholeRequest = Pick<PageRequest, 'tenant' | 'params'>;
export type WholeBound = { /** Rows, rounded up to whole pages. */ readonly most: number; readonly signal?: AbortSignal };

/** As many as one page may have. */
const pageSize = 5_000;
const mostRows = 50_000;

/** @throws Failure of the catalogue */
export async function readWholeView<Asked extends View>(view: Asked, request: WholeRequest, { most, signal }: WholeBound): Promise<WholeView<Asked>> {
  const rows: RowOf<Asked>[] = [];
  let token: string | null = null;
  for (;;) {
    const page: PageOf<Asked> = await readViewPage(view, { ...request, size: pageSize, page: token }, { signal });
    // Not spread: a call takes no tens of thousands of arguments everywhere.
    for (const row of page.rows) rows.push(row);
    if (page.next === null) return { rows, extent: 'whole' };
    if (rows.length >= most) return { rows, extent: 'cut' };
    token = page.next;
  }
}

/** For lists that a person scrolls through: 50,000 rows at most. */
export function useWholeView<Asked extends View>(view: Asked, request: WholeRequest): UseQueryResult<WholeView<Asked>> {
  return useQuery({
    queryKey: [...keys.view(request.tenant, view.id, request.params), 'whole'],
    queryFn: ({ signal }) => readWholeView(view, request, { most: mostRows, signal }),
    staleTime: Infinity,
  });
}
