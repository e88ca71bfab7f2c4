import * as z from 'zod';
import { SECURITY_LEVELS } from '../../core/words.ts';
import { INSTANCE_STATES } from '../../core/instances/instance.ts';
import { instant, word } from '../values.ts';
import { target } from './builds.ts';

/** An instance on an AMI that is not the active one of its target any more. */
const instance = target.extend({
  instanceId: z.string(),
  state: word(INSTANCE_STATES),
  launchedAt: instant,
  owner: z.object({
    name: z.string(),
    /** Key of the tag it was read from; `null`: none tells, and the name is `unknown`. */
    tag: z.string().nullable(),
  }),
  /** What it was launched from. */
  ami: z.object({ amiId: z.string(), baseRelease: z.string(), createdAt: instant }),
  /** What it would be launched from now. */
  active: z.object({ amiId: z.string(), baseRelease: z.string() }),
  /** Since when its AMI is not the active one; `null`: older records do not tell. */
  since: instant.nullable(),
  /** AMIs that became the active one since then. */
  promotions: z.number(),
  /** What is fixed in the active AMI and not in its own. */
  lacks: z.object({
    level: word(SECURITY_LEVELS),
    /** Fixed by updates of its base image. */
    cves: z.array(z.string()),
    /** About its own packages. */
    advisories: z.array(z.string()),
  }),
});
export type StaleInstanceAnswer = z.infer<typeof instance>;

/** `GET /stale-instances`: those that lack the worst first, then those that are behind for longest. */
export const staleInstancesAnswer = z.object({
  now: instant,
  zone: z.string(),
  instances: z.array(instance),
  /** Regions that were not asked, or did not answer: instances there are not among them. */
  problems: z.array(z.object({ region: z.string(), problem: z.string() })),
});
export type StaleInstancesAnswer = z.infer<typeof staleInstancesAnswer>;
