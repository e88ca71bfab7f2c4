import type { Instant, Milliseconds, Mode } from '../../words.ts';
import type { SaidPolicy } from '../keys/policyKeys.ts';
import type { Policy } from '../policy.ts';
import type { Reading } from '../reading/reading.ts';

/** What the deployment knows and the file does not: with it, more can be said about the file. */
export interface PolicyContext {
  readonly knownTemplates?: readonly string[];
  readonly knownRegions?: readonly string[];
  /** The mode of the deployed policy: kept if the file names none. */
  readonly currentMode?: Mode;
  /** The longest learned p90 of a build; without it the assumed duration stands for it. */
  readonly learnedDuration?: Milliseconds;
  readonly now?: Instant;
  /** The last day on which anything was launched; `null`: nobody ever told of a launch. */
  readonly lastLaunch?: Instant | null;
}

export interface Checked {
  readonly said: SaidPolicy;
  readonly policy: Policy;
  readonly context: PolicyContext;
  readonly reading: Reading;
  /** Whether the file itself says something at that path below the top key. */
  readonly says: (path: string) => boolean;
  /** Below the top key: what cannot take effect as written, and what will happen instead. */
  readonly warn: (path: string, message: string, instead: string) => void;
}
