import type { Ami, AmiState } from '../builds/target.ts';
import type { RetentionPolicy } from '../policy/policy.ts';
import type { Milliseconds } from '../words.ts';

export const REMOVAL_STEPS = ['deprecate', 'disable', 'deregister'] as const;
export type RemovalStep = (typeof REMOVAL_STEPS)[number];

/** The state an AMI is in after a step; who reads the table finds it there before EC2 is told. */
export type LeavingState = 'deprecated' | 'disabled' | 'deregistered';

interface StepRule {
  readonly to: LeavingState;
  /** Age from which on it is due, counted from the moment another AMI took over. */
  readonly after: (retention: RetentionPolicy) => Milliseconds;
  /** Whether nobody can launch it any more afterwards: not while somebody uses it, nor where `rollback` may return. */
  readonly takesAway: boolean;
}

export const STEP_RULES: Readonly<Record<RemovalStep, StepRule>> = {
  deprecate: { to: 'deprecated', after: ({ deprecateAfter }) => deprecateAfter, takesAway: false },
  disable: { to: 'disabled', after: ({ disableAfter }) => disableAfter, takesAway: true },
  deregister: { to: 'deregistered', after: ({ deregisterAfter }) => deregisterAfter, takesAway: true },
};

/** One step from each state, in this order, none skipped (design §5). What is not here stays as it is. */
const NEXT: Partial<Readonly<Record<AmiState, RemovalStep>>> = {
  superseded: 'deprecate',
  failed: 'deprecate',
  deprecated: 'disable',
  disabled: 'deregister',
};

/** The next step of an AMI on its way out; undefined: it is not on it, or has gone it to the end. */
export function nextStep({ state }: Pick<Ami, 'state'>): RemovalStep | undefined {
  return NEXT[state];
}
