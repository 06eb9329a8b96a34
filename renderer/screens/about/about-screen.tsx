/** What this program is, which version of it runs here, and what it is made of. */
import { Section } from '../../components';
import { Page } from '../page';
import { AboutFacts } from './about-facts';
import { LicenseList } from './license-list';

export function AboutScreen() {
  return (
    <Page title="About Tenantscope" text="It keeps the logs of Auth0 tenants on this machine. It talks to the tenants you connect and to nobody else: no telemetry, no updates behind your back.">
      <Section title="This program"><AboutFacts /></Section>
      <Section title="Licences" text="Tenantscope is free software under the MIT licence, and stands on these packages."><LicenseList /></Section>
    </Page>
  );
}
