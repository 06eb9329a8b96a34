/** The cities the sample users live in, with what Auth0 calls `location_info` and the addresses reserved for documentation. */
import type { Random } from './random';
import type { Zone } from './time';

export type LocationInfo = {
  readonly country_code: string; readonly country_code3: string; readonly country_name: string; readonly city_name: string;
  readonly latitude: number; readonly longitude: number; readonly time_zone: string; readonly continent_code: string;
};

export type Place = { readonly index: number; readonly location: LocationInfo; readonly zone: Zone };

/** Where a request came from, as its event tells it. */
export type Origin = { readonly ip: string; readonly location: LocationInfo | undefined };

type Row = readonly [codes: string, country: string, city: string, latitude: number, longitude: number, timeZone: string, standardHours: number, summer: Zone['summer']];

const rows: readonly Row[] = [
  ['DE DEU EU', 'Germany', 'Berlin', 52.52, 13.405, 'Europe/Berlin', 1, 'eu'],
  ['GB GBR EU', 'United Kingdom', 'London', 51.5072, -0.1276, 'Europe/London', 0, 'eu'],
  ['FR FRA EU', 'France', 'Paris', 48.8566, 2.3522, 'Europe/Paris', 1, 'eu'],
  ['ES ESP EU', 'Spain', 'Madrid', 40.4168, -3.7038, 'Europe/Madrid', 1, 'eu'],
  ['NL NLD EU', 'Netherlands', 'Amsterdam', 52.3676, 4.9041, 'Europe/Amsterdam', 1, 'eu'],
  ['SE SWE EU', 'Sweden', 'Stockholm', 59.3293, 18.0686, 'Europe/Stockholm', 1, 'eu'],
  ['PL POL EU', 'Poland', 'Warsaw', 52.2297, 21.0122, 'Europe/Warsaw', 1, 'eu'],
  ['FI FIN EU', 'Finland', 'Helsinki', 60.1699, 24.9384, 'Europe/Helsinki', 2, 'eu'],
  ['US USA NA', 'United States', 'New York', 40.7128, -74.006, 'America/New_York', -5, 'us'],
  ['US USA NA', 'United States', 'Chicago', 41.8781, -87.6298, 'America/Chicago', -6, 'us'],
  ['US USA NA', 'United States', 'Los Angeles', 34.0522, -118.2437, 'America/Los_Angeles', -8, 'us'],
  ['CA CAN NA', 'Canada', 'Toronto', 43.6532, -79.3832, 'America/Toronto', -5, 'us'],
  ['BR BRA SA', 'Brazil', 'São Paulo', -23.5558, -46.6396, 'America/Sao_Paulo', -3, 'none'],
  ['IN IND AS', 'India', 'Bengaluru', 12.9716, 77.5946, 'Asia/Kolkata', 5.5, 'none'],
  ['SG SGP AS', 'Singapore', 'Singapore', 1.3521, 103.8198, 'Asia/Singapore', 8, 'none'],
  ['JP JPN AS', 'Japan', 'Tokyo', 35.6762, 139.6503, 'Asia/Tokyo', 9, 'none'],
  ['AU AUS OC', 'Australia', 'Sydney', -33.8688, 151.2093, 'Australia/Sydney', 10, 'south'],
  ['ZA ZAF AF', 'South Africa', 'Cape Town', -33.9249, 18.4241, 'Africa/Johannesburg', 2, 'none'],
];

function placeOf([codes, country, city, latitude, longitude, timeZone, standardHours, summer]: Row, index: number): Place {
  const [code = '', code3 = '', continent = ''] = codes.split(' ');
  return {
    index,
    location: {
      country_code: code, country_code3: code3, country_name: country, city_name: city,
      latitude, longitude, time_zone: timeZone, continent_code: continent,
    },
    zone: { standardHours, summer },
  };
}

export const places: readonly Place[] = rows.map(placeOf);

/** Far from every user, and home to the attacks of the stories. */
export const attackerLocation: LocationInfo = {
  country_code: 'IS', country_code3: 'ISL', country_name: 'Iceland', city_name: 'Reykjavik',
  latitude: 64.1466, longitude: -21.9426, time_zone: 'Atlantic/Reykjavik', continent_code: 'EU',
};
export const sprayAddress = '192.0.2.66';
export const fatigueAddress = '192.0.2.77';
export const adminAddress = '192.0.2.10';
/** The server side of the tenant's own applications. */
export const backendAddress = '192.0.2.12';

/** One shared address per office, as behind a company's own network; 1 to 254. */
export const officeAddress = (office: number): string => `198.51.100.${1 + (office % 254)}`;

/** Where the applications without users call from; 192.0.2.20 and up. */
export const serverAddress = (server: number): string => `192.0.2.${20 + (server % 40)}`;

/** Where a stray attempt comes from; nobody's home or office. */
export const strangerAddress = (random: Random): string => `192.0.2.${120 + random.below(100)}`;

const homesPerPlace = 14;
const hexGroup = (value: number): string => value.toString(16);

/** A household shares an IPv4 address of its city with strangers, or has an IPv6 address of its own. */
export function homeAddress(random: Random, place: Place, user: number): string {
  if (random.chance(0.55)) return `203.0.113.${1 + place.index * homesPerPlace + random.below(homesPerPlace)}`;
  return `2001:db8:${hexGroup(place.index + 1)}:${hexGroup(user + 1)}::${hexGroup(1 + random.below(0xfff0))}`;
}

/** Auth0 writes an IPv6 address now short, now in full; both name the same address. */
export function uncompressed(ip: string): string {
  const [head = '', tail = ''] = ip.split('::');
  const [front, back] = [head.split(':'), tail.split(':')];
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...zeros, ...back].map(group => group.padStart(4, '0')).join(':');
}
