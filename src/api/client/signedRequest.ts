import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest as SigningRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from './credentials.ts';

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Signs a request for API Gateway (Signature Version 4, service `execute-api`). */
export async function signedRequest(
  url: URL,
  { method, body }: { readonly method: string; readonly body?: string },
  { credentials, region }: { readonly credentials: Credentials; readonly region: string },
): Promise<HttpRequest> {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const signed = await signer.sign(
    new SigningRequest({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body,
    }),
  );
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { method, headers: { ...signed.headers, ...length }, ...(body === undefined ? {} : { body }) };
}
