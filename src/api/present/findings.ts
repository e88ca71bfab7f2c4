import type { Assessment } from '../../core/evidence/assessment.ts';
import type { FindingsAnswer } from '../answers.ts';
import { isoOrNull } from './instants.ts';

export function findingsAnswer(assessment: Assessment): FindingsAnswer {
  const { type, level, confidence, recalled, changelogUrl } = assessment;
  return {
    type,
    level,
    confidence,
    packages: assessment.packages.map(({ name, before, after }) => ({
      name,
      from: before ?? null,
      to: after,
    })),
    advisories: assessment.advisories.map(({ published, url, ...advisory }) => ({
      id: advisory.id,
      level: advisory.level,
      cves: [...advisory.cves],
      packages: [...advisory.packages],
      by: advisory.by,
      published: isoOrNull(published),
      url: url ?? null,
    })),
    cves: [...assessment.cves],
    exploited: [...assessment.exploited],
    reopened: [...assessment.reopened],
    recalled,
    changelogUrl,
    because: [...assessment.because],
    sources: assessment.sources.map(({ name, state, detail }) => ({ name, state, detail })),
  };
}
