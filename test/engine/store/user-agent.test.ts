/** Browser families and kinds of device, from user agents as browsers send them and as Auth0 rewrites them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeUserAgent } from '../../../electron/engine/store/user-agent';

type Case = readonly [text: string, browser: string | null, device: string | null];

const android = 'Mozilla/5.0 (Linux; Android 13; SM-S901B) AppleWebKit/537.36 (KHTML, like Gecko)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ipad = 'Mozilla/5.0 (iPad; CPU OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

const raw: readonly Case[] = [
  [`${windows} Chrome/114.0.0.0 Safari/537.36`, 'Chrome', 'desktop'],
  [`${windows} Chrome/114.0.0.0 Safari/537.36 Edg/114.0.1823.43`, 'Edge', 'desktop'],
  [`${windows} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763`, 'Edge', 'desktop'],
  [`${windows} Chrome/114.0.0.0 Safari/537.36 OPR/100.0.0.0`, 'Opera', 'desktop'],
  [`${windows} Chrome/114.0.0.0 Safari/537.36 Vivaldi/6.1.3035.84`, 'Vivaldi', 'desktop'],
  [`${windows} Chrome/114.0.0.0 YaBrowser/23.5.2 Safari/537.36`, 'Yandex Browser', 'desktop'],
  [`${windows} Chrome/114.0.0.0 Safari/537.36 Brave/1.52.122`, 'Brave', 'desktop'],
  [`${windows} MyDesk/2.0.1 Chrome/114.0.0.0 Electron/25.2.0 Safari/537.36`, 'Electron', 'desktop'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:109.0) Gecko/20100101 Firefox/114.0', 'Firefox', 'desktop'],
  ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer', 'desktop'],
  [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15`, 'Safari', 'desktop'],
  [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15 Ddg/17.0`, 'DuckDuckGo', 'desktop'],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36', 'Chrome', 'desktop'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36', 'Chrome', 'desktop'],
  ['Mozilla/5.0 (X11; FreeBSD amd64; rv:109.0) Gecko/20100101 Firefox/114.0', 'Firefox', 'desktop'],
  [`${android} Chrome/114.0.0.0 Mobile Safari/537.36`, 'Chrome', 'phone'],
  [`${android} SamsungBrowser/21.0 Chrome/110.0.5481.154 Mobile Safari/537.36`, 'Samsung Internet', 'phone'],
  [`${android} Chrome/114.0.0.0 Mobile Safari/537.36 EdgA/114.0.1823.37`, 'Edge', 'phone'],
  [`${android} Chrome/114.0.0.0 Mobile Safari/537.36 OPR/76.2.4027.73374`, 'Opera', 'phone'],
  [`${android} Version/4.0 Chrome/114.0.5735.130 Mobile DuckDuckGo/5 Safari/537.36`, 'DuckDuckGo', 'phone'],
  [`${android} Version/4.0 Chrome/114.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/420.0.0.32.61;]`, 'Facebook', 'phone'],
  ['Mozilla/5.0 (Android 13; Mobile; rv:109.0) Gecko/114.0 Firefox/114.0', 'Firefox', 'phone'],
  ['Mozilla/5.0 (Android 13; Tablet; rv:109.0) Gecko/114.0 Firefox/114.0', 'Firefox', 'tablet'],
  ['Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36', 'Chrome', 'tablet'],
  ['Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Mobile Safari/537.36', 'Chrome', 'phone'],
  ['Dalvik/2.1.0 (Linux; U; Android 13; SM-S901B Build/TP1A.220624.014)', null, 'phone'],
  [`${iphone} Version/17.1 Mobile/15E148 Safari/604.1`, 'Safari', 'phone'],
  [`${iphone} Mobile/15E148`, 'Safari', 'phone'],
  [`${iphone} CriOS/114.0.5735.99 Mobile/15E148 Safari/604.1`, 'Chrome', 'phone'],
  [`${iphone} FxiOS/114.1 Mobile/15E148 Safari/605.1.15`, 'Firefox', 'phone'],
  [`${iphone} Version/16.0 EdgiOS/114.0.1823.41 Mobile/15E148 Safari/604.1`, 'Edge', 'phone'],
  [`${iphone} Version/16.5 Mobile/15E148 Safari/604.1 OPT/3.4.2`, 'Opera', 'phone'],
  [`${iphone} Version/17.1 Mobile/15E148 Safari/604.1 OPX/2.1.0`, 'Opera', 'phone'],
  [`${ipad} Version/17.1 Mobile/15E148 Safari/604.1`, 'Safari', 'tablet'],
  [`${ipad} CriOS/114.0.5735.99 Mobile/15E148 Safari/604.1`, 'Chrome', 'tablet'],
  [`${ipad} FxiOS/114.1 Mobile/15E148 Safari/605.1.15`, 'Firefox', 'tablet'],
  ['Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/6.0 TV Safari/537.36', 'Tizen Browser', null],
];

const normalized: readonly Case[] = [
  ['Chrome 114.0.0 / Windows 10.0.0', 'Chrome', 'desktop'],
  ['Chrome 114.0.0 / Mac OS X 10.15.7', 'Chrome', 'desktop'],
  ['Chrome 114.0.0 / Linux 0.0.0', 'Chrome', 'desktop'],
  ['Chrome 114.0.0 / Chrome OS 14541.0.0', 'Chrome', 'desktop'],
  ['Firefox 114.0.0 / Ubuntu 0.0.0', 'Firefox', 'desktop'],
  ['Edge 114.0.1823 / Windows 10.0.0', 'Edge', 'desktop'],
  ['Edge Mobile 114.0.1823 / Android 13.0.0', 'Edge', 'phone'],
  ['Opera 100.0.0 / Windows 10.0.0', 'Opera', 'desktop'],
  ['Opera Mobile 76.2.4027 / Android 13.0.0', 'Opera', 'phone'],
  ['Opera Mini 76.2.4027 / iOS 17.1.0', 'Opera', 'phone'],
  ['Samsung Internet 21.0.0 / Android 13.0.0', 'Samsung Internet', 'phone'],
  ['Brave 1.52.0 / Windows 10.0.0', 'Brave', 'desktop'],
  ['IE 11.0.0 / Windows 7.0.0', 'Internet Explorer', 'desktop'],
  ['IE Mobile 11.0.0 / Windows Phone 8.1.0', 'Internet Explorer', 'phone'],
  ['Safari 17.0.0 / Mac OS X 10.15.7', 'Safari', 'desktop'],
  ['Mobile Safari 17.0.0 / iOS 17.1.0', 'Safari', 'phone'],
  ['Mobile Safari UI/WKWebView 0.0.0 / iOS 17.1.0', 'Safari', 'phone'],
  ['Chrome Mobile 114.0.0 / Android 13.0.0', 'Chrome', 'phone'],
  ['Chrome Mobile WebView 114.0.0 / Android 13.0.0', 'Chrome', 'phone'],
  ['Chrome Mobile iOS 114.0.5735 / iOS 17.1.0', 'Chrome', 'phone'],
  ['Chrome 114.0.0 / Android 13.0.0', 'Chrome', 'tablet'],
  ['Firefox iOS 114.1.0 / iOS 17.1.0', 'Firefox', 'phone'],
  ['Firefox Mobile 114.0.0 / Android 13.0.0', 'Firefox', 'phone'],
  ['Facebook 420.0.0 / iOS 17.1.0', 'Facebook', 'phone'],
  ['Yandex Browser 23.5.2 / Windows 10.0.0', 'Yandex Browser', 'desktop'],
  ['Other 0.0.0 / Windows 10.0.0', null, 'desktop'],
  ['Other 0.0.0 / Other 0.0.0', null, null],
  ['Python Requests 2.31.0 / Other 0.0.0', null, 'server'],
  ['Go-http-client 1.1.0 / Other 0.0.0', null, 'server'],
  ['Apache-HttpClient 4.5.13 / Other 0.0.0', null, 'server'],
  ['okhttp 4.11.0 / Other 0.0.0', null, 'server'],
  ['Googlebot 2.1.0 / Other 0.0.0', null, 'bot'],
  ['Chrome 114.0.0 / Windows 10.0.0 / Other 0.0.0', 'Chrome', 'desktop'],
  ['<img src=x> 1.0.0 / Windows 10.0.0', null, 'desktop'],
];

const servers = [
  'axios/1.4.0', 'curl/8.1.2', 'Wget/1.21.3', 'python-requests/2.31.0', 'Python-urllib/3.11', 'Python/3.11 aiohttp/3.8.4', 'python-httpx/0.24.1', 'Go-http-client/1.1',
  'Go-http-client/2.0', 'node-fetch/1.0 (+https://example.com/node-fetch)', 'node-superagent/8.0.9', 'node', 'undici', 'okhttp/4.11.0', 'Java/17.0.7', 'Java-http-client/17.0.7',
  'Apache-HttpClient/4.5.14 (Java/17.0.7)', 'got (https://example.com/got)', 'GuzzleHttp/7', 'PostmanRuntime/7.32.2', 'RestSharp/110.2.0.0', 'Ruby', 'Faraday v2.7.5',
  'rest-client/2.1.0 (linux x86_64) ruby/3.2.2p53', 'libwww-perl/6.68', 'reqwest/0.11.18', 'ReactorNetty/1.1.7', 'insomnia/2023.2.2', 'Deno/1.34.1', 'aws-sdk-java/2.20.81 Linux/5.10',
  'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.3031', 'auth0-cli/1.0.0',
];

const bots = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.example.com/bot.html)', 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://example.net/robot/)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.example.org/bingbot.htm)', 'SomeScanner/1.0 (+https://example.com/why)', 'Mozilla/5.0 (compatible; Yahoo! Slurp)',
  'facebookexternalhit/1.1', 'Slackbot-LinkExpanding 1.0', 'AdsBot-Google', 'UptimeRobot/2.0', 'Baiduspider', 'ia_archiver', 'GPTBot/1.0', 'ChatGPT-User/1.0',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/114.0.0.0 Safari/537.36',
  `${android} Chrome/114.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.example.com/bot.html)`,
];

describe('describeUserAgent', () => {
  it.each([...raw, ...normalized])('takes %s for %s on a %s', (text, browser, device) => {
    expect(describeUserAgent(text, null)).toEqual({ browser, device });
    expect(describeUserAgent(text, false)).toEqual({ browser, device });
  });

  it.each(servers)('takes %s for a server, not a browser on a desktop', text => {
    expect(describeUserAgent(text, false)).toEqual({ browser: null, device: 'server' });
  });

  it.each(bots)('takes %s for a bot', text => {
    expect(describeUserAgent(text, true)).toEqual({ browser: null, device: 'bot' });
  });

  it.each([null, '', '   ', 'unknown', 'undefined', '-', 'MyApp/1 CFNetwork/1408.0.4 Darwin/22.5.0', 'Other 0.0.0 / Other 0.0.0'])('knows nothing of %j but what Auth0 says', text => {
    expect(describeUserAgent(text, null)).toEqual({ browser: null, device: null });
    expect(describeUserAgent(text, false)).toEqual({ browser: null, device: null });
    expect(describeUserAgent(text, true)).toEqual({ browser: null, device: 'phone' });
  });

  it('believes the text more than the mark', () => {
    expect(describeUserAgent('Chrome 114.0.0 / Windows 10.0.0', true).device).toBe('desktop');
    expect(describeUserAgent(`${ipad} Version/17.1 Mobile/15E148 Safari/604.1`, true).device).toBe('tablet');
  });

  it('looks at the first 2,000 characters only', () => {
    expect(describeUserAgent(`${' '.repeat(2000)}curl/8.1.2`, null)).toEqual({ browser: null, device: null });
    expect(describeUserAgent(`curl/8.1.2 ${'Googlebot '.repeat(100_000)}`, null).device).toBe('server');
  });

  it('names no browser that a stranger invented', () => {
    const word = fc.string({ unit: fc.constantFrom(...'acxyzXYZ019./()+; '), maxLength: 20 });
    fc.assert(fc.property(word, word, (name, rest) => {
      expect(describeUserAgent(`${name}/1.0 (${rest})`, null).browser).toBeNull();
      expect(describeUserAgent(`${name} 1.0 / ${rest} 2.0`, null).browser).toBeNull();
    }), { seed: 20261121, numRuns: 1000 });
  });

  it('answers for every text, the longest and the most twisted too', () => {
    const pieces = [
      'Mozilla/5.0 ', '(', ')', '/', ' ', '1', '1.', '_', '(Windows NT ', 'opt/1', 'Version/1', ' / ', 'linespider-', 'slackbot-', 'Macintosh FxiOS', ' Ddg/1', 'opr/', 'android ', 'se ', 'nexus 7',
      'iphone os ', 'mac os x 1', '\0', '\ud800', '+https', '-', 'trident/', 'edg/', 'rv:', 'chrome/1',
    ];
    for (const piece of pieces) {
      for (const other of pieces) {
        const text = (piece.repeat(40) + other).repeat(Math.ceil(100_000 / (piece.length * 40)));
        expect(describeUserAgent(text, null)).toHaveProperty('device');
      }
    }
    expect(describeUserAgent('a'.repeat(1_000_000), null)).toEqual({ browser: null, device: null });
  });
});
