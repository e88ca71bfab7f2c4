import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from './serviceError.ts';
import type { Credential } from '../sides.ts';

/** What a SigV4 Authorization header says; the signature itself is not verified here. */
export interface RequestSignature {
  readonly credential: Credential;
  readonly region: string;
}

const HEADER = /^AWS4-HMAC-SHA256\s+(.*)$/;

/** @throws ServiceError if there is no SigV4 header, or it is for another service */
export function requestSignature({
  authorization,
  'x-amz-security-token': token,
}: IncomingHttpHeaders): RequestSignature {
  if (authorization === undefined)
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, fields = ''] = HEADER.exec(authorization) ?? [];
  const parts = new Map(
    fields.split(',').map((field) => {
      const [name = '', ...value] = field.trim().split('=');
      return [name, value.join('=')] as const;
    }),
  );
  const missing = ['Credential', 'SignedHeaders', 'Signature'].filter((name) => !parts.has(name));
  if (missing.length > 0) {
    throw new ServiceError(
      'IncompleteSignatureException',
      `Authorization header requires ${missing.map((name) => `'${name}'`).join(', ')} parameter.`,
    );
  }
  const [accessKeyId = '', date = '', region = '', service = '', ending = ''] = (
    parts.get('Credential') ?? ''
  ).split('/');
  if (date === '' || region === '' || ending !== 'aws4_request') {
    throw new ServiceError(
      'IncompleteSignatureException',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  if (service !== 'imagebuilder') {
    throw new ServiceError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: 'imagebuilder'.`,
    );
  }
  const sessionToken = typeof token === 'string' ? token : undefined;
  return { credential: { accessKeyId, ...(sessionToken === undefined ? {} : { sessionToken }) }, region };
}
