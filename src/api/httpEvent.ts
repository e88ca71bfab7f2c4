/** What we read of an API Gateway HTTP API event, payload version 2.0, with IAM authorization. */
export interface HttpEvent {
  readonly rawPath: string;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly requestId: string;
    readonly stage: string;
    readonly http: { readonly method: string };
    readonly authorizer?: { readonly iam?: { readonly userArn?: string | null } };
  };
}

/** What the function gives back to the gateway. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The path below the stage: a named stage stands before it, `$default` does not. */
export function pathOf({ rawPath, requestContext: { stage } }: HttpEvent): string {
  const prefix = `/${stage}/`;
  const path = rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath;
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/** The body as text; the gateway encodes those it does not take for text. */
export function bodyOf({ body = '', isBase64Encoded = false }: HttpEvent): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
