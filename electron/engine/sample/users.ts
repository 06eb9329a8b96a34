/** The users of the sample tenant: who they are, where they sit, how they log in, and how long they stay. */
import { openDeviceShop } from './devices';
import type { Device, DeviceShop } from './devices';
import { endedBy, livedLife } from './lives';
import type { Life } from './lives';
import { addressName, familyNames, fictionalPhone, firstNames, mailDomains } from './names';
import { homeAddress, places } from './places';
import type { Place } from './places';
import { randomFor } from './random';
import type { Random } from './random';
import type { Rhythm } from './rhythms';
import type { SampleApplication, SampleConnection, SampleOrganization, World } from './world';

export type SampleUser = {
  readonly index: number;
  /** `strategy|id`, as in events. */
  readonly userId: string;
  /** The part of `userId` that the identity provider knows; a number for some. */
  readonly identity: string | number;
  /** E-mail address or phone number. */
  readonly userName: string;
  readonly name: string;
  readonly connection: SampleConnection;
  readonly organization: SampleOrganization | null;
  readonly application: SampleApplication;
  readonly place: Place;
  readonly homeIp: string;
  readonly officeIp: string | null;
  readonly device: Device;
  readonly phone: Device;
  readonly rhythm: Rhythm;
  readonly secondFactor: 'none' | 'push' | 'otp' | 'sms';
  /** Visits on an ordinary day, relative to other users. */
  readonly zeal: number;
  readonly life: Life;
  /** Asks to be deleted when leaving for the last time. */
  readonly isDeletedAtEnd: boolean;
};

export type UserPlan = {
  readonly seed: number; readonly days: number; readonly count: number;
  /** An organization whose members all stop before a day of the sample. */
  readonly churned: { readonly organizationId: string; readonly day: number };
};

const consumerShare = 0.14;

function identityOf(random: Random, connection: SampleConnection, email: string): { readonly userId: string; readonly identity: string | number } {
  const under = (identity: string): string => `${connection.strategy}|${connection.name}|${identity}`;
  const plain = (identity: string) => ({ userId: `${connection.strategy}|${identity}`, identity });
  switch (connection.strategy) {
    case 'samlp': return { userId: under(email), identity: email };
    case 'okta': { const id = `00u${random.letters(17)}`; return { userId: under(id), identity: id }; }
    case 'oidc': { const id = random.between(100_000, 999_999); return { userId: under(String(id)), identity: id }; }
    case 'waad': return plain(random.letters(43));
    case 'google-oauth2': return plain(random.digits(21));
    default: return plain(random.hex(24));
  }
}

function zealOf(random: Random): number {
  const kind = random.unit();
  if (kind < 0.14) return 3 + 3 * random.unit();
  return kind < 0.5 ? 0.8 + 1.2 * random.unit() : 0.1 + 0.5 * random.unit();
}

function secondFactorOf(random: Random, connection: SampleConnection): SampleUser['secondFactor'] {
  const kind = random.unit();
  if (connection.strategyType !== 'database' || kind > 0.45) return 'none';
  return kind < 0.2 ? 'push' : kind < 0.38 ? 'otp' : 'sms';
}

type Home = Pick<SampleUser, 'connection' | 'organization' | 'application' | 'place' | 'officeIp' | 'rhythm'> & { readonly domain: string };

function memberHome(random: Random, world: World, organization: SampleOrganization): Home {
  const office = random.pick(organization.offices);
  const [portal, reports, desk, field, scanner] = world.applications;
  const choice = random.unit();
  const application = choice < 0.46 ? portal : choice < 0.6 ? reports : choice < 0.8 ? desk : choice < 0.93 ? field : scanner;
  const usesGoogle = organization.connection === world.shared.database && random.chance(0.14);
  return {
    organization, place: office.place, officeIp: office.ip, domain: organization.domain,
    connection: usesGoogle ? world.shared.google : organization.connection,
    application: application ?? random.pick(world.applications),
    rhythm: organization.rhythm,
  };
}

function consumerHome(random: Random, world: World): Home {
  const { google, database, email, sms } = world.shared;
  const choice = random.unit();
  const connection = choice < 0.42 ? google : choice < 0.7 ? database : choice < 0.87 ? email : sms;
  const shop = world.applications.find(application => application.name === 'Shop') ?? random.pick(world.applications);
  return { organization: null, place: random.pick(places), officeIp: null, domain: random.pick(mailDomains), connection, application: shop, rhythm: 'evening' };
}

type Crowd = { readonly world: World; readonly random: Random; readonly shop: DeviceShop; readonly taken: Set<string>; readonly plan: UserPlan; readonly chooseOrganization: () => SampleOrganization };

function freeAddress(taken: Set<string>, name: string, domain: string): string {
  let address = `${name}@${domain}`;
  for (let number = 2; taken.has(address); number += 1) address = `${name}${number}@${domain}`;
  taken.add(address);
  return address;
}

function lifeOf({ random, plan }: Crowd, organization: SampleOrganization | null): Life {
  const life = livedLife(random, plan.days);
  return organization?.id === plan.churned.organizationId ? endedBy(life, plan.churned.day - random.below(7)) : life;
}

function userAt(crowd: Crowd, index: number): SampleUser {
  const { random, world, shop } = crowd;
  const home = index >= world.organizations.length && random.chance(consumerShare)
    ? consumerHome(random, world)
    : memberHome(random, world, world.organizations[index] ?? crowd.chooseOrganization());
  const [first, family] = [random.pick(firstNames), random.pick(familyNames)];
  const email = freeAddress(crowd.taken, addressName(first, family), home.domain);
  const usesPhone = home.application.kind === 'native' || (home.rhythm === 'evening' && random.chance(0.45));
  const phone = shop.phone(random);
  const life = lifeOf(crowd, home.organization);
  return {
    index, ...identityOf(random, home.connection, email),
    userName: home.connection.strategy === 'sms' ? fictionalPhone(index) : email,
    name: `${first} ${family}`,
    connection: home.connection, organization: home.organization, application: home.application,
    place: home.place, homeIp: homeAddress(random, home.place, index), officeIp: home.officeIp,
    device: usesPhone ? phone : shop.desktop(random), phone, rhythm: home.rhythm,
    secondFactor: secondFactorOf(random, home.connection),
    zeal: zealOf(random), life, isDeletedAtEnd: home.organization === null && life.length === 1 && random.chance(0.2),
  };
}

function organizationChooser(random: Random, organizations: readonly SampleOrganization[]): () => SampleOrganization {
  const total = organizations.reduce((sum, organization) => sum + organization.weight, 0);
  return () => {
    let left = random.unit() * total;
    return organizations.find(organization => (left -= organization.weight) < 0) ?? random.pick(organizations);
  };
}

/** Every organization has at least one member; about one user in seven belongs to none. */
export function buildUsers(world: World, plan: UserPlan): readonly SampleUser[] {
  const random = randomFor(plan.seed, 'users');
  const crowd: Crowd = {
    world, random, plan, taken: new Set(),
    shop: openDeviceShop(randomFor(plan.seed, 'devices')),
    chooseOrganization: organizationChooser(random, world.organizations),
  };
  return Array.from({ length: plan.count }, (_, index) => userAt(crowd, index));
}
