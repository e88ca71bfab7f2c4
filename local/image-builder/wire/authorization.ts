import { ServiceError } from './serviceError.ts';
import type { Credential, Decision, IamCheck, IamSide, Place, Principal } from '../sides.ts';

/** AWS's sentence for a denial. */
const denial = (
  { callerArn }: Principal,
  { action, resource }: IamCheck,
  decision: Exclude<Decision, 'allowed'>,
): ServiceError =>
  new ServiceError(
    'AccessDeniedException',
    `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource} ${
      decision === 'explicitDeny'
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`
    }`,
  );

export interface Authorization {
  /** @throws ServiceError if the key is nobody's */
  authenticate(credential: Credential): Promise<Principal>;
  /** @throws ServiceError AccessDeniedException about the first check that is not allowed */
  authorize(principal: Principal, place: Place, checks: readonly IamCheck[]): Promise<void>;
}

interface Remembered<T> {
  readonly until: number;
  readonly value: T;
}

/** The most that is remembered before the memory starts anew. */
const MOST_REMEMBERED = 10_000;

/** A memory of answers that are good for `lifetime` milliseconds. */
function memory<T>(
  lifetime: number,
  now: () => number,
): { get(key: string): T | undefined; set(key: string, value: T): void } {
  const entries = new Map<string, Remembered<T>>();
  return {
    get(key) {
      const found = entries.get(key);
      return found !== undefined && found.until > now() ? found.value : undefined;
    },
    set(key, value) {
      if (entries.size >= MOST_REMEMBERED) entries.clear();
      entries.set(key, { until: now() + lifetime, value });
    },
  };
}

/** Asks IAM, and remembers what it said for a short time. */
export function authorization(iam: IamSide, lifetime: number, now: () => number): Authorization {
  const principals = memory<Principal>(lifetime, now);
  const decisions = memory<Decision>(lifetime, now);
  return {
    async authenticate(credential) {
      const key = `${credential.accessKeyId}\n${credential.sessionToken ?? ''}`;
      const known = principals.get(key);
      if (known !== undefined) return known;
      const found = await iam.principalOf(credential);
      if (found.kind === 'unknown') throw new ServiceError(found.code, found.message);
      principals.set(key, found);
      return found;
    },
    async authorize(principal, place, checks) {
      if (principal.root) return;
      const keyed = checks.map((check) => {
        const key = JSON.stringify([principal.policySourceArn, place, check]);
        return { check, key, known: decisions.get(key) };
      });
      const open = keyed.filter(({ known }) => known === undefined);
      const answers =
        open.length === 0
          ? []
          : await iam.decide(
              principal,
              place,
              open.map(({ check }) => check),
            );
      const fresh = new Map(open.map(({ key }, at) => [key, answers[at] ?? 'implicitDeny'] as const));
      for (const [key, decision] of fresh) decisions.set(key, decision);
      for (const { check, key, known } of keyed) {
        const decision = known ?? fresh.get(key) ?? 'implicitDeny';
        if (decision !== 'allowed') throw denial(principal, check, decision);
      }
    },
  };
}
