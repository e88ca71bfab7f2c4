import type { Instant } from '../words.ts';
import { without } from './compose.ts';
import type { Ami } from './target.ts';

/** An AMI gives way: its way out begins, and the ages of its steps count from now (design §5). */
export function superseded(ami: Ami, now: Instant): Ami {
  return { ...ami, state: 'superseded', supersededAt: now };
}

/** An AMI is the one of its target: nothing of a way out that it had begun counts any more. */
export function activated(ami: Ami, now: Instant): Ami {
  return { ...without(ami, 'supersededAt', 'rolledBackAt', 'heldBack'), state: 'active', promotedAt: now };
}
