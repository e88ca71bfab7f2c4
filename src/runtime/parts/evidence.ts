import { namesOnlyEvidence } from '../../core/evidence/namesOnly.ts';

/** What updates fix. */
export const evidence = { evidence: () => namesOnlyEvidence };
