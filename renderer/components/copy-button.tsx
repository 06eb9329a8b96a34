/** Copies a text and says so. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button';

export type CopyButtonProps = {
  readonly text: string;
  /** What is copied, such as `log id`. */
  readonly what: string;
  /** `icon` alone with a tooltip, or with words. Default: icon. */
  readonly form?: 'icon' | 'words';
};

const copiedMs = 1500;

export function CopyButton({ text, what, form = 'icon' }: CopyButtonProps) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  useEffect(() => {
    if (state === 'ready') return undefined;
    const timer = window.setTimeout(() => { setState('ready'); }, copiedMs);
    return () => { window.clearTimeout(timer); };
  }, [state]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(() => { setState('copied'); }, () => { setState('failed'); });
  };
  const label = state === 'copied' ? 'Copied' : state === 'failed' ? 'Could not copy' : `Copy ${what}`;
  const icon = state === 'copied' ? Check : Copy;
  return form === 'icon'
    ? <IconButton icon={icon} label={label} size="small" onClick={copy} />
    : <Button icon={icon} onClick={copy} aria-live="polite">{label}</Button>;
}
