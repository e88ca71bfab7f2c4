import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Request {
  /** Name of the operation, as JSON protocols of AWS send it. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly body: unknown;
}

/** A service of AWS that speaks JSON 1.1, played by a function, until the test ends: its endpoint. */
export async function aJsonService(answer: (request: Request) => Answer): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const target = String(incoming.headers['x-amz-target']);
      const { status = 200, body } = answer({
        operation: target.slice(target.indexOf('.') + 1),
        body: JSON.parse(Buffer.concat(chunks).toString()) as Request['body'],
      });
      outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      outgoing.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Any keys do: nobody checks them here. */
export const SOME_KEYS = { accessKeyId: 'test', secretAccessKey: 'test' };
