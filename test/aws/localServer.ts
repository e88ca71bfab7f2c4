import { createServer, type IncomingMessage } from 'node:http';
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
  return aServer((text, { headers }) => {
    const target = String(headers['x-amz-target']);
    const { status = 200, body } = answer({
      operation: target.slice(target.indexOf('.') + 1),
      body: JSON.parse(text) as Request['body'],
    });
    return { status, type: 'application/x-amz-json-1.1', text: JSON.stringify(body) };
  });
}

/** A service of AWS that takes forms and answers XML, such as EC2: by the name of the operation. */
export async function aQueryService(
  answer: (operation: string, form: URLSearchParams) => Answer,
): Promise<string> {
  return aServer((text) => {
    const form = new URLSearchParams(text);
    const { status = 200, body } = answer(form.get('Action') ?? '', form);
    return { status, type: 'text/xml', text: String(body) };
  });
}

/** A service of AWS whose paths are the names of its operations, such as Image Builder: what was asked, and for what. */
export async function aRestService(
  answer: (operation: string, asked: Readonly<Record<string, unknown>>) => Answer,
): Promise<string> {
  return aServer((text, { url = '' }) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const sent = text === '' ? {} : (JSON.parse(text) as Request['body']);
    const { status = 200, body } = answer(pathname.slice(1), {
      ...Object.fromEntries(searchParams),
      ...sent,
    });
    return { status, type: 'application/json', text: JSON.stringify(body) };
  });
}

async function aServer(
  answer: (
    text: string,
    request: IncomingMessage,
  ) => { readonly status: number; readonly type: string; readonly text: string },
): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { status, type, text } = answer(Buffer.concat(chunks).toString(), incoming);
      outgoing.writeHead(status, { 'content-type': type });
      outgoing.end(text);
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
