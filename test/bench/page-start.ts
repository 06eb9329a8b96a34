/** How long the application takes to show itself: the host's start, the first paint, and the sample tenant ready to be used, in a real Chromium. */
import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { startLoopbackProcess } from '../builders/loopback-process';
import type { Measurement } from './measurement';
import { timed } from './measurement';

const runs = 5;

/** A promise of the frame that shows the first rows. */
const firstRows = `new Promise(resolve => {
  const look = () => { if (document.body.textContent.includes('Rows 1')) resolve(); else requestAnimationFrame(look); };
  look();
})`;

async function once(executablePath: string): Promise<{ readonly host: number; readonly paint: number; readonly usable: number }> {
  let started: Awaited<ReturnType<typeof startLoopbackProcess>> | null = null;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
  try {
    const page = await browser.newPage();
    const host = await timed(async () => { started = await startLoopbackProcess({ words: ['--tenant', 'sample'] }); });
    if (started === null) throw new Error('the host did not start');
    const { address } = started as Awaited<ReturnType<typeof startLoopbackProcess>>;
    const usable = await timed(async () => {
      await page.goto(address);
      // Looked for at each frame; a locator looks ever less often, which would be measured instead.
      await page.evaluate(firstRows);
    });
    const paint = await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0');
    return { host, usable, paint: Number(paint) };
  } finally {
    await browser.close();
    await (started as Awaited<ReturnType<typeof startLoopbackProcess>> | null)?.stop();
  }
}

/** Empty, with a word on standard error, where no Chromium can be had. */
export async function measurePageStart(): Promise<readonly Measurement[]> {
  const browser = await findChromium(line => { process.stderr.write(`${line}\n`); });
  if ('problem' in browser) {
    process.stderr.write(`The page was not measured: ${browser.problem}\n`);
    return [];
  }
  const samples: Awaited<ReturnType<typeof once>>[] = [];
  for (let run = 0; run < runs; run += 1) samples.push(await once(browser.path));
  return [
    { id: 'window.host', what: 'start of the browser host, to its address', unit: 'ms', samples: samples.map(sample => sample.host) },
    { id: 'window.paint', what: 'first paint of the page', unit: 'ms', samples: samples.map(sample => sample.paint) },
    { id: 'window.usable', what: 'sample tenant usable, from the address', unit: 'ms', samples: samples.map(sample => sample.usable) },
  ];
}
