/** Chooses the files to import and the tenant they belong to. */
import { FilePlus2, X } from 'lucide-react';
import type { ChangeEvent, FormEvent } from 'react';
import { useId, useRef, useState } from 'react';
import { Button, formatCount, IconButton, LogText, TextField } from '../../components';
import { formatBytes } from '../transfers';
import { suggestTenant, tenantNameProblem } from './import-facts';
import styles from './import.module.css';

const shownFiles = 50;
const accept = '.json,.jsonl,.ndjson,.log,.txt,.gz';

export type ImportFormProps = {
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
  /** Names of stored tenants, to suggest. */
  readonly tenants: readonly string[];
  readonly onStart: (tenant: string) => void;
};

function FileList({ files, onRemove }: { readonly files: readonly File[]; readonly onRemove: (index: number) => void }) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  return (
    <div className={styles.files}>
      <ul>
        {files.slice(0, shownFiles).map((file, index) => (
          <li key={`${file.name}-${String(index)}`}>
            <span className={styles.fileName}><LogText text={file.name} max={255} /></span>
            <span className={styles.muted}>{formatBytes(file.size)}</span>
            <IconButton icon={X} size="small" label={`Leave out ${file.name}`} onClick={() => { onRemove(index); }} />
          </li>
        ))}
      </ul>
      <p className={styles.filesSum}>{files.length > shownFiles && `and ${formatCount(files.length - shownFiles)} more, `}{files.length === 1 ? '1 file' : `${formatCount(files.length)} files`}, {formatBytes(total)}</p>
    </div>
  );
}

function Picker({ files, onFiles }: Pick<ImportFormProps, 'files' | 'onFiles'>) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    onFiles([...files, ...(event.target.files ?? [])]);
    // So that the same file can be chosen again after it was left out.
    event.target.value = '';
  };
  return (
    <div className={files.length === 0 ? styles.dropPlace : styles.more}>
      <input ref={input} id={id} type="file" multiple accept={accept} onChange={take} className={styles.hidden} tabIndex={-1} aria-label="Files to import" />
      {files.length === 0 && <p>Drop files anywhere in this window, or choose them.</p>}
      <Button icon={FilePlus2} autoFocus={files.length === 0} onClick={() => { input.current?.click(); }}>{files.length === 0 ? 'Choose files' : 'Add files'}</Button>
      {files.length === 0 && <p className={styles.muted}>JSON Lines, a JSON array or object, log-stream and EventBridge envelopes; each also as gzip.</p>}
    </div>
  );
}

export function ImportForm({ files, onFiles, tenants, onStart }: ImportFormProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const input = useRef<HTMLInputElement>(null);
  const tenant = typed ?? suggestTenant(files.map(file => file.name), tenants);
  const problem = tenantNameProblem(tenant);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried('yes');
    if (problem === null) onStart(tenant);
    else input.current?.focus();
  };
  const hint = tenants.includes(tenant) ? 'The files are added to what is stored of it; events that are there already are left out.' : 'A new tenant with this name is made.';
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {files.length > 0 && <FileList files={files} onRemove={index => { onFiles(files.filter((_file, at) => at !== index)); }} />}
      <Picker files={files} onFiles={onFiles} />
      {files.length > 0 && (
        <>
          <TextField label="Tenant" value={tenant} onChange={setTyped} face="mono" spellCheck={false} autoComplete="off" className={styles.field} inputRef={input}
            error={tried === 'yes' || typed !== null ? problem : null} hint={problem === null ? hint : undefined} />
          <div><Button type="submit" variant="primary">{files.length === 1 ? 'Import 1 file' : `Import ${formatCount(files.length)} files`}</Button></div>
        </>
      )}
    </form>
  );
}
