import { createElement } from 'react';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { cellContent } from '../../../renderer/screens/timeline/cell-content';
import { timelineColumns } from '../../../renderer/screens/timeline/column-model';
import { EventSummary } from '../../../renderer/screens/timeline/event-summary';
import { decodeString, readJsonNodes } from '../../../renderer/screens/timeline/json-nodes';
import { LogText } from '../../../renderer/components/log-text';
import { RowLine } from '../../../renderer/screens/timeline/timeline-row-line';
import type { TimelineRow } from '../../../renderer/screens/timeline/timeline-row';
import { timelineRow } from './builders';

const payloads = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', '</span><iframe src="javascript:alert(1)"></iframe>', '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>', '<math><mtext></mtext><script>1</script></math>', '<body onload=alert(1)>', '<input autofocus onfocus=alert(1)>', '<object data=x></object>',
  '<embed src=x>', '<link rel=stylesheet href=x>', '<meta http-equiv=refresh content=0>', '<base href=//example.com>', '<form action=x><button>go</button></form>',
  '<template><b>x</b></template>', '<!--<b>x</b>-->', '<![CDATA[<b>x</b>]]>', '<?xml version="1.0"?><x/>', '&lt;b&gt;x&lt;/b&gt;', '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}', "';alert(1)//", '`;alert(1)//', 'javascript:alert(1)', 'data:text/html,<b>x</b>', '<b>\u202egnp.exe</b>', '\u0000<b>x</b>', '<\u0000b>x</b>', '\ufeff<b>x</b>',
  '\u200b<b>x</b>', '<b\u2028>x</b>', '\u2066<i>x</i>\u2069', '<details open ontoggle=alert(1)>', '<video><source onerror=alert(1)></video>', '<audio src=x onerror=alert(1)>',
  '<table background=x>', '<marquee onstart=alert(1)>', '<isindex action=x>', '<keygen autofocus>', '<noscript><b>x</b></noscript>', '<textarea autofocus></textarea>',
  '<select><option>x</option></select>', '<dialog open>x</dialog>', '<bdo dir=rtl>x</bdo>', 'https://example.com/<b>x</b>', '<x contenteditable>x</x>', '<p style="position:fixed">x</p>',
  '\ud800<b>x</b>', '\u001b[31m<b>x</b>',
] as const;

const texts = ['logId', 'type', 'eventName', 'category', 'outcome', 'userId', 'userName', 'connection', 'connectionId', 'strategy', 'organizationId', 'organizationName',
  'applicationId', 'applicationName', 'ip', 'userAgent', 'hostname', 'description'] as const satisfies readonly (keyof TimelineRow)[];

/** The elements of a markup, in order, with their attributes' names. */
const elementsOf = (markup: string): readonly string[] =>
  [...markup.matchAll(/<([a-zA-Z!?/][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g)].map(([, name, attributes]) => `${String(name)} ${[...(attributes ?? '').matchAll(/([\w-]+)=/g)].map(match => match[1]).join(' ')}`);

const allFields = (text: string): TimelineRow => timelineRow(Object.fromEntries(texts.map(field => [field, text])));
/** As long, and as many characters that are not seen: what is drawn for the one is drawn for the other. */
const harmless = (text: string): string => text.replace(/[<>&"'`=/{}$();:\\[\]!?-]/g, 'a');

const shown: Readonly<Record<string, (row: TimelineRow) => ReactElement>> = {
  'the line of the table': row => createElement(RowLine, {
    row, index: 0, position: 0, start: 0, columns: timelineColumns, activeColumn: 0, isOpen: false, onPress: () => undefined, onFilter: () => undefined,
  }),
  'every cell': row => createElement('div', null, ...timelineColumns.map(column => createElement('p', { key: column.id }, cellContent(row, column)))),
  'the summary of an event': row => createElement(EventSummary, { row, onFilter: () => undefined }),
};

describe('text of strangers', () => {
  it.each(Object.keys(shown))('makes no element in %s', place => {
    expect(payloads).toHaveLength(50);
    for (const payload of payloads) {
      const hostile = renderToStaticMarkup(shown[place]!(allFields(payload)));
      const expected = renderToStaticMarkup(shown[place]!(allFields(harmless(payload))));
      expect(elementsOf(hostile), payload).toEqual(elementsOf(expected));
    }
  });

  it('makes no element of a value inside the event', () => {
    for (const payload of payloads) {
      const text = JSON.stringify({ [payload]: payload });
      const read = readJsonNodes(text);
      const node = read.kind === 'nodes' ? read.nodes[1]! : null;
      expect(node?.key).toBe(JSON.parse(JSON.stringify(payload)));
      const value = decodeString(text.slice(node!.start, node!.end));
      expect(elementsOf(renderToStaticMarkup(createElement(LogText, { text: value }))).filter(element => !/^\/?(bdi|span) /.test(element)), payload).toEqual([]);
    }
  });
});
