/** A number as the reader's locale writes it. */

export type CountProps = { readonly value: number; readonly form?: 'exact' | 'compact' };

/** `60,123`, or compact `60K` where room is short. */
export function formatCount(value: number, form: 'exact' | 'compact' = 'exact'): string {
  return new Intl.NumberFormat(undefined, form === 'compact' ? { notation: 'compact', maximumFractionDigits: 1 } : {}).format(value);
}

export function Count({ value, form = 'exact' }: CountProps) {
  return <span {...(form === 'compact' ? { title: formatCount(value) } : {})}>{formatCount(value, form)}</span>;
}
