import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, readStaticFiles, securityHeaders, serveFile } from '../../electron/node/static-files';

const folder = mkdtempSync(join(tmpdir(), 'tenantscope-page-'));
mkdirSync(join(folder, 'page/assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'secret');
writeFileSync(join(folder, 'page/index.html'), '<!doctype html>');
writeFileSync(join(folder, 'page/assets/main-1a2b3c4d.js'), 'export {};');
writeFileSync(join(folder, 'page/assets/odd.xyz'), 'odd');
const files = readStaticFiles(join(folder, 'page'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** Ways to name a file outside, in every notation that some server has once fallen for. */
function traversals(): readonly string[] {
  const ups = ['../', '..%2f', '..%2F', '%2e%2e/', '%2e%2e%2f', '.%2e/', '%2e./', '..\\', '..%5c', '%2e%2e%5c', '%252e%252e%252f', '..%252f', '..%c0%af', '%c0%ae%c0%ae/', '..%u2215', '..;/', '.../', '....//', '..%00/', '..%0d%0a/'];
  const ends = ['secret.txt', 'secret.txt%00.html', 'etc/passwd', 'windows/win.ini', 'assets/main-1a2b3c4d.js'];
  return [...ups.flatMap(up => ends.flatMap(end => [`/${up}${end}`, `/assets/${up}${up}${end}`, `//${up.repeat(3)}${end}`])), '/./index.html', '/assets/', '/assets', '/INDEX.HTML', '/index.html/', '/index.html%00', '/%69ndex.html', '/index.html?x', '', 'index.html', `${folder}/secret.txt`, 'file:///etc/passwd', '/assets/main-1a2b3c4d.js/..', '/constructor', '/__proto__'];
}

describe('the page\'s files', () => {
  it('are served under their own names, and the page as the start', () => {
    expect(serveFile(files, '/', 'self')).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', 'Content-Length': '15' } });
    expect(serveFile(files, '/index.html', 'self').body).toEqual(serveFile(files, '/', 'self').body);
    expect(serveFile(files, '/assets/main-1a2b3c4d.js', 'self')).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': expect.stringContaining('immutable') as string } });
    expect(serveFile(files, '/assets/odd.xyz', 'self').headers['Content-Type']).toBe('application/octet-stream');
  });

  it('lead to no other file, in over 200 notations', () => {
    expect(traversals().length).toBeGreaterThan(200);
    for (const path of traversals()) expect(serveFile(files, path, 'self'), path).toMatchObject({ status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  });

  it('come with the whole policy, and the two hosts differ in where the page may connect to', () => {
    expect(contentSecurityPolicy('none').split('; ')).toEqual([
      "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "connect-src 'none'", "worker-src 'self'",
      "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types app',
    ]);
    expect(contentSecurityPolicy('self')).toBe(contentSecurityPolicy('none').replace("connect-src 'none'", "connect-src 'self'"));
    for (const path of ['/', '/nothing']) expect(serveFile(files, path, 'none').headers).toMatchObject(securityHeaders('none'));
    expect(securityHeaders('self')).toMatchObject({ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
    expect(securityHeaders('self')['Permissions-Policy']).toContain('camera=()');
  });

  it('are missed with a catalogue error when the page was not built', () => {
    expect(() => readStaticFiles(join(folder, 'nowhere'))).toThrowError(expect.objectContaining({ code: 'host.page-missing' }));
    expect(() => readStaticFiles(join(folder, 'page/assets'))).toThrowError(expect.objectContaining({ code: 'host.page-missing' }));
  });
});
