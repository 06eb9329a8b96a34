/** The first step: the tenant's domain, judged while it is typed, and consent where the secret would go to another host than a tenant's usual one. */
import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { LogText, TextField } from '../../components';
import { cleanDomain, domainProblems, judgeDomain } from './connect-draft';
import type { ConnectDraft, DraftField } from './connect-draft';
import styles from './connect.module.css';
import { Consent } from './consent';
import { StepFrame } from './step-frame';
import type { ConnectWizard } from './use-connect-wizard';

function Verdict({ draft }: { readonly draft: ConnectDraft }) {
  const check = judgeDomain(draft);
  if (check.kind === 'auth0') return <span className={styles.good}><CircleCheck size={14} aria-hidden="true" />A tenant’s domain: <LogText text={check.domain} max={253} /></span>;
  return <>In the dashboard it stands in Settings, and in the address of every application: such as acme.eu.auth0.com.</>;
}

/** What is wrong, live but not before there is something to judge. */
function liveProblem(draft: ConnectDraft, tried: 'no' | 'yes'): string | null {
  const typed = cleanDomain(draft.domain);
  // One who has not come to the dot yet has made no mistake.
  return tried === 'yes' || typed.includes('.') || /[^a-z0-9-]/i.test(typed) ? domainProblems(draft).domain ?? null : null;
}

export function DomainStep({ wizard }: { readonly wizard: ConnectWizard }) {
  const { draft, change, go, focus } = wizard;
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const fields = useRef<Partial<Record<DraftField, HTMLInputElement | null>>>({});
  useEffect(() => { fields.current[focus ?? 'domain']?.focus(); }, [focus]);
  const check = judgeDomain(draft);
  const problems = domainProblems(draft);
  const submit = (): void => {
    setTried('yes');
    const [first] = Object.keys(problems) as DraftField[];
    if (first === undefined) return go('application');
    fields.current[first]?.focus();
  };
  const problem = liveProblem(draft, tried === 'yes' && cleanDomain(draft.domain) === '' ? 'yes' : tried);
  return (
    <StepFrame title="Which tenant?" action="Continue" onSubmit={submit}>
      <TextField label="Domain" value={draft.domain} onChange={domain => { change({ domain, consent: '' }); }} placeholder="acme.eu.auth0.com" face="mono" autoComplete="off" spellCheck={false}
        className={styles.field} error={problem} hint={problem === null ? <Verdict draft={draft} /> : undefined} inputRef={input => { fields.current.domain = input; }} />
      {check.kind === 'needs-consent' && (
        <Consent title={`${check.domain} is neither {tenant}.auth0.com nor {tenant}.{region}.auth0.com`} host={check.domain} value={draft.consent} error={tried === 'yes' ? problems.consent ?? null : null}
          onChange={consent => { change({ consent }); }} inputRef={input => { fields.current.consent = input; }} />
      )}
    </StepFrame>
  );
}
