/** Version, host and data folder of the running program. */
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { AppInfo } from '../../shared/contract';
import { call } from '../engine-client';
import { keys } from '../query-keys';

export const useAppInfo = (): UseQueryResult<AppInfo> =>
  useQuery({ queryKey: keys.appInfo, queryFn: ({ signal }) => call('app.info', {}, { signal }), staleTime: 60_000 });
