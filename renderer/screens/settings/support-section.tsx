/** The support bundle: every part can be read first, and only ticked parts are saved. */
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { Output } from '../../../shared/contract';
import { Button, CheckboxField, ErrorPanel, formatCount, LogText, Section, SkeletonLines, useToasts } from '../../components';
import { call } from '../../engine-client';
import { useOperation } from '../../hooks/use-operation';
import { keys } from '../../query-keys';
import { formatBytes, newTarget, todayUtc } from '../transfers';
import styles from './settings.module.css';

type Part = Output<'support.preview'>['files'][number];

/** A line's end is no hidden character here; everything else of that kind is shown. */
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');

function PartView({ part, ticked, onTick }: { readonly part: Part; readonly ticked: boolean; readonly onTick: (ticked: boolean) => void }) {
  return (
    <li className={styles.part}>
      <CheckboxField label={part.name} hint={formatBytes(new TextEncoder().encode(part.text).length)} checked={ticked} onChange={onTick} />
      <details>
        <summary>Read it<span className={styles.hidden}>: {part.name}</span></summary>
        <pre tabIndex={0}>{linesOf(part.text).map((line, index) => <Fragment key={index}><LogText text={line} more="button" face="mono" />{'\n'}</Fragment>)}</pre>
      </details>
    </li>
  );
}

function Bundle({ parts }: { readonly parts: readonly Part[] }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { run, start } = useOperation('support.save');
  const toasts = useToasts();
  const ticked = parts.filter(({ name }) => !left.has(name)).map(({ name }) => name);
  const tick = (name: string, state: boolean): void => {
    setLeft(current => new Set(state ? [...current].filter(other => other !== name) : [...current, name]));
  };
  const save = (): void => {
    const target = newTarget(`tenantscope-support-${todayUtc()}.txt`);
    void start({ out: target.out, files: ticked }).then(saved => { if (saved !== null) toasts.show({ title: 'The support bundle is saved', tone: 'success', ...(saved.path.startsWith('download:') ? {} : { text: saved.path }) }); });
    target.take();
  };
  return (
    <>
      {run.kind === 'failed' && <ErrorPanel failure={run.failure} form="inline" />}
      <ul className={styles.parts}>{parts.map(part => <PartView key={part.name} part={part} ticked={!left.has(part.name)} onTick={state => { tick(part.name, state); }} />)}</ul>
      <div><Button icon={Download} isBusy={run.kind === 'running'} disabled={ticked.length === 0} onClick={save}>Save {ticked.length === 1 ? '1 part' : `${formatCount(ticked.length)} parts`}</Button></div>
    </>
  );
}

export function SupportSection() {
  const preview = useQuery({ queryKey: keys.supportPreview, queryFn: ({ signal }) => call('support.preview', {}, { signal }), staleTime: Infinity, gcTime: 0 });
  return (
    <Section title="Support bundle" text="For a report of a fault. It holds no event, no name, no address and no secret, and goes nowhere by itself: you save it, read it, and send it if you like.">
      {preview.error !== null && <ErrorPanel failure={preview.error} form="inline" onRetry={() => { void preview.refetch(); }} isRetrying={preview.isFetching} />}
      {preview.data === undefined ? preview.error === null && <SkeletonLines count={6} /> : <Bundle parts={preview.data.files} />}
    </Section>
  );
}
