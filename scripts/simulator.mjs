/** Starts the Auth0 simulator for a person to try: node scripts/simulator.mjs [--events N] [--plan P] [--port N]. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const plans = ['unlimited', 'free', 'essentials', 'enterprise'];
const usage = `Usage: node scripts/simulator.mjs [--events N] [--plan ${plans.join('|')}] [--port N]`;

function readFlags() {
  const { values } = parseArgs({
    options: { events: { type: 'string', default: '10000' }, plan: { type: 'string', default: 'unlimited' }, port: { type: 'string', default: '0' }, help: { type: 'boolean', default: false } },
  });
  const count = Number(values.events);
  const port = Number(values.port);
  const isGood = Number.isInteger(count) && count >= 0 && Number.isInteger(port) && port >= 0 && port < 65_536 && plans.includes(values.plan);
  if (!isGood) throw new Error('a flag has a value that cannot be');
  return { count, plan: values.plan, port, help: values.help };
}

function flagsOrUsage() {
  try {
    const flags = readFlags();
    if (!flags.help) return flags;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

const flags = flagsOrUsage();
const folder = mkdtempSync(join(tmpdir(), 'tenantscope-simulator-'));
const secretFile = join(folder, 'client-secret');
const passphraseFile = join(folder, 'passphrase');
const clientSecret = randomBytes(24).toString('base64url');
writeFileSync(secretFile, clientSecret, { mode: 0o600 });
writeFileSync(passphraseFile, randomBytes(24).toString('base64url'), { mode: 0o600 });

async function started() {
  try {
    const { module } = await runnerImport(fileURLToPath(new URL('../test/auth0-simulator/index.ts', import.meta.url)), { configFile: false, logLevel: 'error' });
    return await module.startSimulator({ events: { count: flags.count, now: Date.now() }, plan: flags.plan, port: flags.port, clientSecret });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.error(`The simulator did not start: ${error.message}`);
    return process.exit(1);
  }
}

const simulator = await started();

const common = `--data-dir ${join(folder, 'data')} --passphrase-file ${passphraseFile}`;
console.log(`Origin       ${simulator.origin}
Domain       ${simulator.domain}
Client id    ${simulator.clientId}
Secret file  ${secretFile}
Events       ${simulator.visibleIds().length}, plan ${flags.plan}, digest ${simulator.digest()}

npm run -s tenantscope -- connect --domain ${simulator.domain} --client-id ${simulator.clientId} --client-secret-file ${secretFile} --api-origin ${simulator.origin} ${common}
npm run -s tenantscope -- sync --tenant ${simulator.domain} ${common}

Ctrl+C stops it and removes ${folder}.`);

async function stop() {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
