/** The browsers and phones of the sample users, and the programs that call without a user. */
import type { Random } from './random';

/** `userAgent` as the event shows it: Auth0's short form for most, what the browser sent for some. */
export type Device = {
  readonly userAgent: string;
  readonly isMobile: boolean;
  readonly security: { readonly ja3: string; readonly ja4: string };
};

type Row = readonly [weight: number, short: string, raw: string];

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const appleWebkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

const desktops: readonly Row[] = [
  [40, 'Chrome 142.0.0 / Windows 10.0.0', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36`],
  [18, 'Edge 142.0.0 / Windows 10.0.0', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`],
  [16, 'Chrome 142.0.0 / Mac OS X 10.15.7', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Chrome/142.0.0.0 Safari/537.36`],
  [12, 'Safari 18.5.0 / Mac OS X 10.15.7', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${appleWebkit} Version/18.5 Safari/605.1.15`],
  [9, 'Firefox 145.0.0 / Windows 10.0.0', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  [4, 'Firefox 145.0.0 / Linux 0.0.0', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  [2, 'Opera 124.0.0 / Windows 10.0.0', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`],
];

const phones: readonly Row[] = [
  [44, 'Mobile Safari 18.5.0 / iOS 18.5.0', `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${appleWebkit} Version/18.5 Mobile/15E148 Safari/604.1`],
  [38, 'Chrome Mobile 142.0.0 / Android 15.0.0', `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36`],
  [12, 'Samsung Internet 28.0.0 / Android 15.0.0', `Mozilla/5.0 (Linux; Android 10; K) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`],
  [6, 'Mobile Safari 18.5.0 / iPadOS 18.5.0', `Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) ${appleWebkit} Version/18.5 Mobile/15E148 Safari/604.1`],
];

/** TLS fingerprints belong to the program, so users of one browser share them. */
function fingerprintsOf(random: Random): Device['security'] {
  return { ja3: random.hex(32), ja4: `t13d15${random.digits(2)}h2_${random.hex(12)}_${random.hex(12)}` };
}

type Ware = { readonly weight: number; readonly short: Device; readonly raw: Device };

const waresOf = (random: Random, rows: readonly Row[], isMobile: boolean): readonly Ware[] => rows.map(([weight, short, raw]) => {
  const rest = { isMobile, security: fingerprintsOf(random) };
  return { weight, short: { userAgent: short, ...rest }, raw: { userAgent: raw, ...rest } };
});

const rawShare = 0.14;

function buy(random: Random, wares: readonly Ware[]): Device {
  let left = random.unit() * wares.reduce((sum, { weight }) => sum + weight, 0);
  const ware = wares.find(({ weight }) => (left -= weight) < 0) ?? random.pick(wares);
  return random.chance(rawShare) ? ware.raw : ware.short;
}

export type DeviceShop = {
  readonly desktop: (random: Random) => Device;
  readonly phone: (random: Random) => Device;
  readonly program: (name: string) => Device;
};

/** Hands out devices; the fingerprints of each browser are fixed by `random` when the shop opens. */
export function openDeviceShop(random: Random): DeviceShop {
  const [desktopWares, phoneWares] = [waresOf(random, desktops, false), waresOf(random, phones, true)];
  const security = fingerprintsOf(random);
  return {
    desktop: buyer => buy(buyer, desktopWares),
    phone: buyer => buy(buyer, phoneWares),
    program: name => ({ userAgent: name, isMobile: false, security }),
  };
}
