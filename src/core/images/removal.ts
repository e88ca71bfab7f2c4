import type { Ami } from '../builds/target.ts';
import type { Instant } from '../words.ts';
import type { KeptBack } from './keptBack.ts';
import type { RemovalStep } from './wayOut.ts';

/** The next step of one AMI on its way out. */
export interface Removal {
  readonly ami: Ami;
  readonly step: RemovalStep;
  readonly due: boolean;
  /** When it may happen; `null`: not as long as what holds it back lasts. */
  readonly at: Instant | null;
  readonly rule: RemovalRule;
  readonly because: string;
}

export type RemovalRule =
  | KeptBack['rule']
  | 'mode'
  | 'region'
  | 'age'
  | 'step'
  | 'in-use'
  | 'use-unknown'
  | 'used-before'
  | 'day-is-full'
  | 'due';
