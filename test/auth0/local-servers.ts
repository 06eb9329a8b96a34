/** Small servers on loopback: plain, TLS, raw sockets and a forwarding proxy; all are closed after each test. */
import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { createNodeHttp, type NodeHttp } from '../../electron/node/http';
import type { HttpRequest } from '../../electron/auth0/ports';
import type { Certificate } from './certificate';

export type LocalServer = { readonly port: number; readonly origin: string };

export function localServers() {
  const closers: (() => Promise<void>)[] = [];

  const listen = async (server: TcpServer): Promise<number> => {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(async () => {
      const closed = new Promise<void>((resolve) => server.close(() => { resolve(); }));
      for (const socket of sockets) socket.destroy();
      await closed;
    });
    return (server.address() as AddressInfo).port;
  };

  const http = async (listener: RequestListener): Promise<LocalServer> => {
    const port = await listen(createHttpServer(listener));
    return { port, origin: `http://127.0.0.1:${port}` };
  };
  const https = async (certificate: Certificate, listener: RequestListener): Promise<LocalServer> => {
    const port = await listen(createHttpsServer({ ...certificate }, listener) as unknown as Server);
    return { port, origin: `https://127.0.0.1:${port}` };
  };
  const raw = async (onSocket: (socket: Socket) => void): Promise<LocalServer> => {
    const port = await listen(createTcpServer(onSocket));
    return { port, origin: `http://127.0.0.1:${port}` };
  };

  /** Tunnels to whatever `targets` says a name is; other names get a 502. */
  const proxy = async (targets: Readonly<Record<string, number>>, seen: string[], status = 200): Promise<LocalServer> => {
    const server = createHttpServer((_request, response) => response.writeHead(500).end());
    server.on('connect', (request: IncomingMessage, socket: Socket) => {
      const name = request.url ?? '';
      seen.push(name);
      const port = targets[name];
      if (status !== 200 || port === undefined) {
        socket.end(`HTTP/1.1 ${status === 200 ? 502 : status} No\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      const target = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy()).on('close', () => target.destroy());
    });
    const port = await listen(server);
    return { port, origin: `http://127.0.0.1:${port}` };
  };

  const client = (env: Readonly<Record<string, string>> = {}): NodeHttp => {
    const made = createNodeHttp(env);
    closers.push(made.close);
    return made;
  };

  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  return { http, https, raw, proxy, client, closeAll };
}

export const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET', url, headers: {}, signal: new AbortController().signal, headerTimeoutMs: 5000, idleTimeoutMs: 5000, network: 'any', ...more,
});

export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
