/** The second step: the application's credentials, and where they go in uncommon cases. */
import { useEffect, useRef, useState } from 'react';
import { PasswordField, TextField } from '../../components';
import { ApplicationHelp } from './application-help';
import { applicationProblems, judgeDomain, originToAccept } from './connect-draft';
import type { ConnectDraft, DraftField, DraftProblems } from './connect-draft';
import styles from './connect.module.css';
import { Consent } from './consent';
import { StepFrame } from './step-frame';
import type { ConnectWizard } from './use-connect-wizard';

type FieldsProps = {
  readonly wizard: ConnectWizard;
  readonly problems: DraftProblems;
  readonly refOf: (field: DraftField) => (input: HTMLInputElement | null) => void;
};

function Credentials({ wizard: { draft, change }, problems, refOf }: FieldsProps) {
  return (
    <>
      <TextField label="Client ID" value={draft.clientId} onChange={clientId => { change({ clientId }); }} face="mono" autoComplete="off" spellCheck={false} className={styles.field}
        error={problems.clientId ?? null} inputRef={refOf('clientId')} />
      <PasswordField label="Client secret" value={draft.clientSecret} onChange={clientSecret => { change({ clientSecret }); }} className={styles.field}
        hint="Sent to the tenant only, and kept encrypted on this machine." error={problems.clientSecret ?? null} inputRef={refOf('clientSecret')} />
    </>
  );
}

function Advanced({ wizard: { draft, change }, problems, refOf, isOpen }: FieldsProps & { readonly isOpen: boolean }) {
  const host = originToAccept(draft);
  return (
    <details className={styles.advanced} open={isOpen}>
      <summary>Advanced</summary>
      <div className={styles.stack}>
        <TextField label="Audience domain" value={draft.audienceDomain} onChange={audienceDomain => { change({ audienceDomain }); }} placeholder="acme.eu.auth0.com" face="mono" autoComplete="off" spellCheck={false} className={styles.field}
          hint="With a custom domain: the tenant’s own domain, under which Auth0 knows its Management API." error={problems.audienceDomain ?? null} inputRef={refOf('audienceDomain')} />
        <TextField label="API origin" value={draft.apiOrigin} onChange={apiOrigin => { change({ apiOrigin, originConsent: '' }); }} placeholder="https://…" face="mono" autoComplete="off" spellCheck={false} className={styles.field}
          hint="Only where the API answers at another place than the domain: a private cloud, or a test server on this machine." error={problems.apiOrigin ?? null} inputRef={refOf('apiOrigin')} />
        {host !== null && (
          <Consent title={`${host} is not the tenant’s own domain`} host={host} value={draft.originConsent} error={problems.originConsent ?? null}
            onChange={originConsent => { change({ originConsent }); }} inputRef={refOf('originConsent')} />
        )}
      </div>
    </details>
  );
}

const firstEmpty = (draft: ConnectDraft): DraftField => (draft.clientId === '' ? 'clientId' : 'clientSecret');

export function ApplicationStep({ wizard }: { readonly wizard: ConnectWizard }) {
  const { draft, focus, go, startCheck } = wizard;
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const fields = useRef<Partial<Record<DraftField, HTMLInputElement | null>>>({});
  const [opensAdvanced] = useState(() => judgeDomain(draft).kind === 'needs-consent' || draft.audienceDomain !== '' || draft.apiOrigin !== '' || focus === 'audienceDomain' || focus === 'apiOrigin');
  const [first] = useState(() => focus ?? firstEmpty(draft));
  useEffect(() => { fields.current[first]?.focus(); }, [first]);
  const problems = applicationProblems(draft);
  const refOf = (field: DraftField) => (input: HTMLInputElement | null): void => { fields.current[field] = input; };
  const submit = (): void => {
    setTried('yes');
    const [wrong] = Object.keys(problems) as DraftField[];
    if (wrong === undefined) return startCheck();
    const input = fields.current[wrong];
    input?.closest('details')?.setAttribute('open', '');
    input?.focus();
  };
  const shared: FieldsProps = { wizard, problems: tried === 'yes' ? problems : {}, refOf };
  const domain = judgeDomain(draft);
  return (
    <StepFrame title="An application that may read the log" text="Tenantscope signs in as a machine-to-machine application of your tenant." action="Check" onSubmit={submit} onBack={() => { go('domain'); }}>
      <ApplicationHelp domain={domain.kind === 'auth0' ? domain.domain : ''} />
      <div className={styles.stack}><Credentials {...shared} /></div>
      <Advanced {...shared} isOpen={opensAdvanced} />
    </StepFrame>
  );
}
