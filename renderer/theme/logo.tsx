/** The mark of Tenantscope: a scope over lines of a log, of which one is drawn out of it. */

export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden="true" focusable="false">
      <circle cx="10.5" cy="12" r="8.5" />
      <path d="M7 8h7M7 16h4" opacity="0.5" />
      <path d="M7 12h16" stroke="var(--accent-ink)" />
    </svg>
  );
}
