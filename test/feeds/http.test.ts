import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { http } from '../../src/feeds/http.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A server that hangs up on whoever has not read everything a second after it was sent. */
async function serving(body: Buffer): Promise<string> {
  server = createServer((_, response) => {
    const { socket } = response;
    response.writeHead(200, { 'content-length': body.length });
    response.end(body, () => setTimeout(() => socket?.resetAndDestroy(), 1_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
}

async function takenSlowly(url: string, pause: number): Promise<number> {
  const answer = await http(fetch, {
    url,
    silence: 5_000,
    signal: AbortSignal.timeout(60_000),
    most: 80_000_000,
    ahead: true,
  });
  let taken = 0;
  for await (const piece of answer.body) {
    taken += piece.length;
    if (pause > 0) await sleep(pause);
  }
  return taken;
}

test('who unpacks slowly gets the whole body of a server that has hung up meanwhile', async () => {
  const url = await serving(Buffer.alloc(3_000_000, 7));
  expect(await takenSlowly(url, 50)).toBe(3_000_000);
});

test('a body that is longer than what is fetched ahead comes whole, too', async () => {
  const url = await serving(Buffer.alloc(70_000_000, 7));
  expect(await takenSlowly(url, 0)).toBe(70_000_000);
});

test('a body that is too long ends at its limit, however much may be fetched ahead', async () => {
  const url = await serving(Buffer.alloc(3_000_000, 7));
  const request = { url, silence: 5_000, signal: AbortSignal.timeout(60_000), most: 1_000_000, ahead: true };
  const { body } = await http(fetch, request);
  await expect(body[Symbol.asyncIterator]().next()).rejects.toMatchObject({ fault: 'too-large' });
});
