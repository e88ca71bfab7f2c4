import { SECOND } from '../../core/words.ts';
import { feedEvidence } from '../../feeds/feedEvidence.ts';
import type { Deployment } from '../deployment.ts';
import { feedsOf } from './feeds.ts';

/** What updates fix, as the public feeds tell. */
export const evidence = {
  evidence: (deployment: Deployment) => feedEvidence(feedsOf(deployment)),
};

/** Of API Gateway's 29 seconds, which it gives a function at most: what a feed has not said by then is not known. */
const FOR_PEOPLE = 22 * SECOND;

/** The same for people who wait for the answer. */
export const evidenceInTime = {
  evidence: (deployment: Deployment) => feedEvidence({ ...feedsOf(deployment), limit: FOR_PEOPLE }),
};
