/** Tells the browser family and the kind of device from a user agent, raw or as Auth0 normalizes it. */
import Bowser from 'bowser';

export type DeviceKind = 'desktop' | 'phone' | 'tablet' | 'bot' | 'server';
export type UserAgentDescription = { readonly browser: string | null; readonly device: DeviceKind | null };

/** Longer texts are not from browsers; the start says what they are, and hostile ones stay cheap. */
const longestLooked = 2000;

/** Programs that speak HTTP for other programs; each name ends where its letters end. */
const serverAtStart = new RegExp(`^(?:${[
  'ahc', 'aiohttp', 'akka-http', 'amazon-api-gateway', 'apache', 'artillery', 'asynchttpclient', 'auth0-(?:cli|deploy-cli|java|node|php|python)', 'aws-[a-z-]+', 'axios', 'boto3?',
  'bun', 'cloudflare-workers', 'curl', 'deno', 'excon', 'faraday', 'feign', 'finch', 'gatling', 'go-http-client', 'go-resty', 'got', 'grpc',
  'guzzlehttp', 'hackney', 'httparty', 'httpclient', 'httpie', 'hyper', 'insomnia', 'java', 'jersey', 'jmeter', 'k6', 'libcurl', 'libwww-perl',
  'lua-resty-http', 'lwp', 'microsoft http', 'n8n', 'needle', 'net::http', 'node', 'okhttp', 'perl', 'php', 'postman', 'postmanruntime',
  'powershell', 'python', 'reactor-?netty', 'request', 'reqwest', 'rest-client', 'restsharp', 'ruby', 'spring', 'superagent', 'terraform',
  'typhoeus', 'undici', 'unirest', 'urllib3?', 'vert\\.x', 'wget', 'workato', 'zapier', '\\.net',
].join('|')})(?![a-z])`, 'i');
const serverAnywhere = /powershell\//i;

/** Cubot makes phones. */
const botAnywhere =
  /(?<!\bcu)bots?(?![a-z])|crawl|spider|slurp|archiver|ahrefs|facebookexternalhit|facebookcatalog|mediapartners|google-(?:extended|inspection|read|safety|site)|googleother|apis-google|headless|phantomjs|lighthouse|pingdom|uptime|statuscake|site24x7|synthetics|\+https?:\/\//i;

/** Browsers that say so beside the name of the browser they are built on, which would be found first. */
const disguised: readonly (readonly [RegExp, string])[] = [
  [/\bbrave\//i, 'Brave'],
  [/\b(?:duckduckgo|ddg)\//i, 'DuckDuckGo'],
  [/\bop[xt]\//i, 'Opera'],
  [/\bfb(?:an|av)\//i, 'Facebook'],
  [/\binstagram /i, 'Instagram'],
];

/** Family by its name in lower case, from the library's names and from Auth0's. Names that are not here were typed by strangers. */
const families: ReadonlyMap<string, string> = new Map([
  ...[
    'Amazon Silk', 'Android Browser', 'Brave', 'Chrome', 'Chromium', 'DuckDuckGo', 'Edge', 'Electron', 'Epiphany', 'Facebook', 'Firefox',
    'HeyTap Browser', 'Instagram', 'Internet Explorer', 'K-Meleon', 'Konqueror', 'Ladybird', 'LibreWolf', 'Maxthon', 'Opera', 'Pale Moon',
    'Puffin', 'QQ Browser', 'QupZilla', 'Safari', 'Samsung Internet', 'SeaMonkey', 'Sleipnir', 'Sogou Browser', 'Swing', 'UC Browser',
    'Vivaldi', 'Vivo Browser', 'WeChat', 'Whale', 'Yandex Browser', 'BlackBerry', 'Google Search', 'Miui Browser', 'WebOS Browser',
  ].map(name => [name.toLowerCase(), name] as const),
  ['android', 'Android Browser'], ['blackberry webkit', 'BlackBerry'], ['focus', 'Firefox'], ['firefox focus', 'Firefox'],
  ['google', 'Google Search'], ['iceweasel', 'Firefox'], ['ie', 'Internet Explorer'], ['microsoft edge', 'Edge'], ['miui', 'Miui Browser'],
  ['miuibrowser', 'Miui Browser'], ['naver whale browser', 'Whale'], ['opera coast', 'Opera'], ['samsung internet for android', 'Samsung Internet'],
  ['sogou explorer', 'Sogou Browser'], ['tizen', 'Tizen Browser'],
]);
/** Words that tell an edition of a browser, not another browser. */
const editions = new Set(['mobile', 'tablet', 'ios', 'webview', 'ui/wkwebview', 'beta', 'alpha', 'mini', 'touch', 'lite', 'gx']);

/** `Chrome Mobile 114.0.0 / Android 13.0.0`: a family, a system, each with a version. */
const normalizedPart = /^([^()]{1,60}) \d[\d.]{0,30}$/;

const desktopSystem = /^(?:windows|mac ?os|linux|ubuntu|debian|fedora|red hat|centos|suse|opensuse|gentoo|arch|mint|chrome ?os|freebsd|openbsd|netbsd|solaris)\b/;
const phoneSystem = /^(?:ios|windows phone|windows mobile|blackberry|symbian|kaios|firefox os|harmonyos)\b/;

/**
 * What a user agent tells. `browser` is a family (Edge, Opera, Samsung Internet and Brave are not Chrome; Firefox is Firefox on iOS too)
 * and null for bots, servers and whatever is not a known browser. `isMobile` is Auth0's word for it and counts only
 * where the text names no device. An iPad in Auth0's form is a phone, since that form says iOS for both.
 * Only the first 2,000 characters are looked at.
 */
export function describeUserAgent(text: string | null, isMobile: boolean | null): UserAgentDescription {
  const looked = (text ?? '').slice(0, longestLooked).trim();
  const found = looked === '' ? { browser: null, device: null } : describe(looked);
  return found.device === null && isMobile === true ? { ...found, device: 'phone' } : found;
}

function describe(text: string): UserAgentDescription {
  if (serverAtStart.test(text) || serverAnywhere.test(text)) return { browser: null, device: 'server' };
  if (botAnywhere.test(text)) return { browser: null, device: 'bot' };
  // Android's own HTTP client is an app, and leaves out the word by which phones are told from tablets.
  if (text.startsWith('Dalvik/')) return { browser: null, device: 'phone' };
  const parts = text.split(' / ', 3);
  const [family, system] = parts.map(part => normalizedPart.exec(part)?.[1]);
  const isNormalized = parts.length === 2 && family !== undefined && system !== undefined;
  return isNormalized ? describeNormalized(family, system.toLowerCase()) : describeRaw(text);
}

function describeNormalized(family: string, system: string): UserAgentDescription {
  const browser = familyOf(family);
  if (phoneSystem.test(system)) return { browser, device: 'phone' };
  if (system.startsWith('ipados')) return { browser, device: 'tablet' };
  if (desktopSystem.test(system)) return { browser, device: 'desktop' };
  if (!system.startsWith('android')) return { browser, device: null };
  // Only these two have an edition of their own for phones, so that without the word it is a tablet.
  return { browser, device: /^(?:chrome|firefox)$|tablet/i.test(family) ? 'tablet' : 'phone' };
}

function describeRaw(text: string): UserAgentDescription {
  const parser = Bowser.getParser(text, true);
  const named = disguised.find(([mark]) => mark.test(text))?.[1] ?? parser.getBrowserName();
  const device = deviceOf(text, parser.getPlatformType(true));
  return { browser: device === 'bot' ? null : familyOf(named), device };
}

function familyOf(name: string): string | null {
  const lower = name.toLowerCase();
  return families.get(lower) ?? families.get(lower.split(' ').filter(word => !editions.has(word)).join(' ')) ?? null;
}

function deviceOf(text: string, platform: string): DeviceKind | null {
  if (platform === 'mobile') return 'phone';
  if (platform === 'desktop' || platform === 'tablet' || platform === 'bot') return platform;
  return /\bCrOS\b|\bX11;/.test(text) ? 'desktop' : null;
}
