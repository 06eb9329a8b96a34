/** The tenant that the navigation is about: the address's, else the one last looked at, else the first there is. */
import { useEffect } from 'react';
import { tenantOf, useAddress } from '../address';
import { sampleTenant, useTenants } from '../hooks/use-tenants';

const lastTenantKey = 'tenantscope.tenant';

export function useCurrentTenant(): string {
  const { address } = useAddress();
  const tenants = useTenants().data;
  const named = tenantOf(address);
  useEffect(() => {
    if (named !== null) localStorage.setItem(lastTenantKey, named);
  }, [named]);
  if (named !== null) return named;
  const last = localStorage.getItem(lastTenantKey);
  const known = tenants?.map(entry => entry.tenant) ?? [];
  if (last !== null && (last === sampleTenant || known.includes(last))) return last;
  return known[0] ?? sampleTenant;
}
