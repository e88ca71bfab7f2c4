import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { S3Side } from '../sides.ts';
import { rootOf } from './awsClients.ts';

/** One signed GET: all that is needed of S3. */
export const s3Side = (endpoint: string): S3Side => ({
  async read({ account, region }, bucket, key) {
    const { protocol, hostname, port, host } = new URL(endpoint);
    const path = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
    const signer = new SignatureV4({
      service: 's3',
      region,
      credentials: rootOf(account),
      sha256: Sha256,
      uriEscapePath: false,
    });
    const request = new HttpRequest({
      method: 'GET',
      protocol,
      hostname,
      port: Number(port),
      path,
      headers: { host },
    });
    const { headers } = await signer.sign(request);
    const response = await fetch(new URL(path, endpoint), { headers });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`S3 answered ${response.status} for s3://${bucket}/${key}.`);
    return response.text();
  },
});
