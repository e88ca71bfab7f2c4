import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { control, CONTROL_PREFIX } from './control.ts';
import type { ControlContext } from './control.ts';
import { dispatch } from './dispatch.ts';
import type { DispatchContext, Outcome, RawRequest } from './dispatch.ts';

/** The largest body read, in bytes: more than any request of this API can need. */
const LARGEST_BODY = 1024 * 1024;

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = z.instanceof(Buffer).parse(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) throw new Error(`The request body is larger than ${LARGEST_BODY} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readRequest(message: IncomingMessage): Promise<RawRequest> {
  const target = message.url ?? '/';
  const cut = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: cut === -1 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut === -1 ? '' : target.slice(cut + 1)),
    headers: message.headers,
    body: await readBody(message),
    requestId: randomUUID(),
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

function sendOutcome(response: ServerResponse, outcome: Outcome, requestId: string): void {
  const headers = { 'x-amzn-requestid': requestId };
  switch (outcome.kind) {
    case 'answer':
      send(response, 200, outcome.body, headers);
      return;
    case 'error': {
      const { code, status, message } = outcome.error;
      send(response, status, { message }, { ...headers, 'x-amzn-errortype': code });
      return;
    }
    case 'loseAnswer':
      response.destroy();
  }
}

export interface Counter {
  count(outcome: Outcome): void;
}

/** The server of both the AWS API and the control paths; it is not listening yet. */
export const httpServer = (api: DispatchContext, controls: ControlContext, counter: Counter): Server =>
  createServer((message, response) => {
    const handle = async (): Promise<void> => {
      const request = await readRequest(message);
      if (request.path.startsWith(CONTROL_PREFIX)) {
        const { status, body } = control(request, controls);
        send(response, status, body);
        return;
      }
      const outcome = await dispatch(request, api);
      counter.count(outcome);
      sendOutcome(response, outcome, request.requestId);
    };
    handle().catch((error: unknown) => {
      api.report(`A request broke: ${String(error)}`);
      response.destroy();
    });
  });
