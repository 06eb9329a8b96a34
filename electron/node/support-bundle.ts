/** What a person may send along with a question: how the application stands, without names, addresses or anything that was logged by Auth0. */
import { homedir } from 'node:os';
import type { AppInfo, Settings, SyncState, VaultState } from '../../shared/contract';
import { Failure } from '../../shared/errors';
import { scrub } from './scrub';

export type SupportFile = { readonly name: string; readonly text: string };

export type SupportFacts = {
  readonly app: AppInfo;
  readonly settings: Settings;
  readonly vault: VaultState;
  readonly tenants: readonly { readonly tenant: string; readonly connected: boolean }[];
  readonly syncs: readonly SyncState[];
  readonly tenantHash: (tenant: string) => string;
  readonly logTail: string;
};

/** Where the folder is may name a person or a customer. */
function folderText(dataDir: string): string {
  const home = homedir();
  return dataDir.startsWith(home) ? scrub(`~${dataDir.slice(home.length)}`) : 'outside the home folder';
}

function statusOf({ vault, tenants, syncs, tenantHash }: SupportFacts): object {
  return {
    vault: { state: vault.state, openedBy: vault.openedBy, hasKeychain: vault.keychain !== null },
    tenants: tenants.map(({ tenant, connected }) => {
      const sync = syncs.find(state => state.tenant === tenant);
      return {
        tenantHash: tenantHash(tenant), connected, sync: sync?.state ?? null, lastFinishedAt: sync?.lastFinishedAt ?? null, nextAt: sync?.nextAt ?? null,
        errCode: sync?.error?.code ?? null, stored: sync?.receipt?.stored ?? null, setAside: sync?.receipt?.setAside ?? null, gaps: sync?.receipt?.gaps.length ?? null,
      };
    }),
  };
}

/** Choices of a tenant stand under the hash of its name. */
function settingsOf({ settings, tenantHash }: SupportFacts): object {
  const hashed = (byTenant: Readonly<Record<string, unknown>>): object => Object.fromEntries(Object.entries(byTenant).map(([tenant, value]) => [tenantHash(tenant), value]));
  const { retention, planLimits, planRetention, lastTenant } = settings;
  return {
    ...settings, retention: hashed(retention), planLimits: hashed(planLimits), planRetention: hashed(planRetention), lastTenant: lastTenant === null ? null : tenantHash(lastTenant),
  };
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

export function supportFiles(facts: SupportFacts): readonly SupportFile[] {
  return [
    { name: 'app.json', text: json({ ...facts.app, dataDir: folderText(facts.app.dataDir) }) },
    { name: 'settings.json', text: json(settingsOf(facts)) },
    { name: 'status.json', text: json(statusOf(facts)) },
    { name: 'log.jsonl', text: facts.logTail },
  ];
}

/** The chosen files, one after the other, in one text. @throws Failure operation.input-invalid for a name that was not shown */
export function supportText(files: readonly SupportFile[], names: readonly string[]): string {
  const unknown = names.find(name => !files.some(file => file.name === name));
  if (unknown !== undefined) throw new Failure('operation.input-invalid', { problem: 'files: one of them is not part of the bundle' });
  return files.filter(file => names.includes(file.name)).map(({ name, text }) => `===== ${name} =====\n${text}\n`).join('');
}
