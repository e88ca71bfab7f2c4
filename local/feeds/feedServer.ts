import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EvidencePolicy } from '../../src/core/policy/policy.ts';
import { DEFAULT_POLICY, EVIDENCE_SOURCES } from '../../src/core/policy/policy.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A feed: a body that is always there, or what a server does. */
export type Served = string | Buffer | Handler;

export interface FeedServer {
  /** By path. What is not there is answered as Amazon's CDN does: 403. */
  readonly routes: Map<string, Served>;
  /** `GET /path` of every request, and its answer. */
  readonly requests: string[];
  readonly url: string;
  /** All sources at this server. */
  readonly policy: (over?: Partial<EvidencePolicy['sources']['osv']>) => EvidencePolicy;
  readonly close: () => Promise<void>;
}

const DENIED = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`;

function serve(served: Served | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (typeof served === 'function') {
    served(request, response);
    return;
  }
  if (served === undefined) {
    response.writeHead(403).end(DENIED);
    return;
  }
  const etag = `"${createHash('sha256').update(served).digest('hex').slice(0, 16)}"`;
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { etag, 'content-length': Buffer.byteLength(served) }).end(served);
}

/** A server of feeds on this machine: a mirror with the paths the feeds have upstream. */
export async function feedServer(): Promise<FeedServer> {
  const routes = new Map<string, Served>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    response.on('close', () => requests.push(`${request.method ?? ''} ${path} ${response.statusCode}`));
    serve(routes.get(path), request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    routes,
    requests,
    url,
    policy: (over = {}) => {
      const { sources, reassessFor } = DEFAULT_POLICY.evidence;
      const here = EVIDENCE_SOURCES.map(
        (name) => [name, { ...sources[name], baseUrl: url, ...over }] as const,
      );
      return { reassessFor, sources: Object.fromEntries(here) as EvidencePolicy['sources'] };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export const redirect =
  (location: string): Handler =>
  (_, response) =>
    void response.writeHead(302, { location }).end();

/** Takes the request and never says a word. */
export const silence: Handler = () => undefined;
