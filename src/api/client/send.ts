import type { IncomingMessage, RequestOptions } from 'node:http';
import type { HttpRequest } from './signedRequest.ts';

export interface HttpResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends one request; a response of any status is a response.
 * @param timeout milliseconds until it is given up, with an error named `TimeoutError`
 */
export async function send(url: URL, request: HttpRequest, timeout: number): Promise<HttpResponse> {
  const { request: start } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  const signal = AbortSignal.timeout(timeout);
  const options: RequestOptions = { method: request.method, headers: { ...request.headers }, signal };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(signal.aborted ? new DOMException(`no answer within ${timeout} ms`, 'TimeoutError') : error);
    };
    const sending = start(url, options, (response) => void collect(response).then(resolve, fail));
    sending.on('error', fail);
    sending.end(request.body);
  });
}

async function collect(response: IncomingMessage): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk as Uint8Array));
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
}
