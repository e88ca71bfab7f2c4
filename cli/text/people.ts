/** An identity's ARN up to its name: account and kind say nothing to those who work in one account. */
const IDENTITY = /\barn:aws[\w-]*:(?:iam|sts)::\d{12}:(?:assumed-role|federated-user|user)\/(?=[\w+=,.@/-])/g;

/** The value with people named as people name them: `operators/ada` for a role's session, `ada` for a user. */
export function withShortNames<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.replace(IDENTITY, '') : part,
  ) as T;
}
