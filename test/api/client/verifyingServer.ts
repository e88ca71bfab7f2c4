import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly body: string;
  /** Milliseconds before it is sent. */
  readonly after?: number;
  /** Closes the connection instead. */
  readonly hangUp?: true;
}

/** A server on loopback that answers as it is told and remembers what it was sent. */
export async function startServer(reply: (request: Received, count: number) => Reply) {
  const received: Received[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    void read(incoming).then((request) => {
      received.push(request);
      const { status = 200, body, after = 0, hangUp } = reply(request, received.length);
      if (hangUp === true) return void incoming.socket.destroy();
      setTimeout(
        () => outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body),
        after,
      ).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(incoming: IncomingMessage): Promise<Received> {
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  const [path = '', query = ''] = (incoming.url ?? '').split('?');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return { method: incoming.method ?? '', path, query, headers, body };
}

/**
 * Computes the Signature Version 4 of a request from its parts, by the published algorithm and without the SDK:
 * canonical request, string to sign, derived key.
 * @returns the signature it should carry and the one it does
 */
export function signatures(request: Received, secretAccessKey: string): { expected: string; actual: string } {
  const [, credential = '', signedHeaders = '', actual = ''] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]+)$/.exec(
      request.headers['authorization'] ?? '',
    ) ?? [];
  const [day = '', region = '', service = ''] = credential.split('/');
  const canonical = [
    request.method,
    request.path.split('/').map(encodeURIComponent).join('/'),
    request.query.split('&').sort().join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${request.headers[name] ?? ''}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n');
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    credential,
    sha256(canonical),
  ].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return { expected: createHmac('sha256', key).update(toSign).digest('hex'), actual };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
