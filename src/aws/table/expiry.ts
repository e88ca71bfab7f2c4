import { TABLE } from '../../contract.ts';
import { SECOND, type Instant } from '../../core/words.ts';

/**
 * The attribute by which DynamoDB removes an item, some time within two days after: until then readers must pass over
 * it themselves.
 */
export function expiring(at: Instant): object {
  return { [TABLE.TTL]: expiryOf(at) };
}

/** Whether an item should be gone by that attribute's value. */
export function hasExpired(expiry: number, now: Instant): boolean {
  return expiry * SECOND <= now;
}

/** The value of that attribute. */
export function expiryOf(at: Instant): number {
  return Math.ceil(at / SECOND);
}
