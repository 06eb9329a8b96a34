/** The shape of what is being read, in the size it will have, so that nothing jumps. */
import { classNames } from './class-names';
import styles from './skeleton.module.css';

export type SkeletonProps = {
  /** CSS length. Default: all there is. */
  readonly width?: string;
  /** CSS length. Default: 12px, a line of text. */
  readonly height?: string;
  readonly className?: string;
};

export function Skeleton({ width = '100%', height = '12px', className }: SkeletonProps) {
  return <span className={classNames(styles.skeleton, className)} style={{ width, height }} aria-hidden="true" />;
}

/** Several lines of text. */
export function SkeletonLines({ count }: { readonly count: number }) {
  return <span className={styles.lines}>{Array.from({ length: count }, (_, index) => <Skeleton key={index} width={`${String(90 - (index * 17) % 40)}%`} />)}</span>;
}
