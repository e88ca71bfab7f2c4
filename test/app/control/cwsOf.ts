import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiClient } from '../../../src/api/client.ts';
import { controlApi } from '../../../src/api/handle.ts';
import type { HttpEvent } from '../../../src/api/httpEvent.ts';
import type { Operations } from '../../../src/api/routes.ts';
import { run } from '../../../cli/run.ts';
import { ADA } from './controlWorld.ts';

/** An event as API Gateway hands it to the function. */
export function httpEvent(
  method: string,
  rawPath: string,
  { body, query, actor = ADA }: { body?: string; query?: Record<string, string>; actor?: string } = {},
): HttpEvent {
  return {
    rawPath,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(body === undefined ? {} : { body }),
    requestContext: {
      requestId: 'request-1',
      stage: '$default',
      http: { method },
      authorizer: { iam: { userArn: actor } },
    },
  };
}

export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * `cws` as a user has it: the real program and the real client, over HTTP on loopback, in front of the control API's
 * handler. Signatures are the gateway's business, which is not here.
 */
export async function cwsOf(operations: Operations) {
  const unexpected: unknown[] = [];
  const handle = controlApi({ operations, onUnexpected: (error) => void unexpected.push(error) });
  const server = createServer((incoming, outgoing) => {
    void eventOf(incoming)
      .then(handle)
      .then(({ statusCode, headers, body }) => outgoing.writeHead(statusCode, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = apiClient({
    environment: {
      AUTO_AMI_API_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
    },
  });
  let ids = 0;
  const cws = async (...argv: string[]): Promise<Typed> => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await run(argv, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      terminal: false,
      width: 110,
      environment: {},
      client: async () => client,
      newId: () => `00000000-0000-4000-8000-${(ids += 1).toString().padStart(12, '0')}`,
      sleep: async () => undefined,
      interruptible: () => ({ signal: new AbortController().signal, dispose: () => undefined }),
    });
    return { code, out: out.join(''), err: err.join('') };
  };
  return {
    cws,
    /** `cws templates auto-ami …`. */
    autoAmi: (...argv: string[]) => cws('templates', 'auto-ami', ...argv),
    handle,
    unexpected,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function eventOf(incoming: IncomingMessage): Promise<HttpEvent> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
  const body = Buffer.concat(chunks).toString('utf8');
  const url = new URL(incoming.url ?? '/', 'http://gateway');
  return httpEvent(incoming.method ?? 'GET', url.pathname, {
    query: Object.fromEntries(url.searchParams),
    ...(body === '' ? {} : { body }),
  });
}
