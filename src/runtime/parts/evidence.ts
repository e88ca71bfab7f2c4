import { feedEvidence } from '../../feeds/feedEvidence.ts';
import type { Deployment } from '../deployment.ts';
import { feedsOf } from './feeds.ts';

/** What updates fix, as the public feeds tell. */
export const evidence = {
  evidence: (deployment: Deployment) => feedEvidence(feedsOf(deployment)),
};
