import type { BaseImagePointer, BaseImageUpdate, DatedAssessment } from '../../core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../../core/base-images/trackedBaseImage.ts';
import type { AssessmentAnswer, BaseImageSummary, UpdateAnswer } from '../answers.ts';
import { iso } from './instants.ts';

/** @param known its pointers, its newest update and the templates that are built on it */
export function baseImageSummary(
  base: TrackedBaseImage,
  known: {
    readonly pointers: readonly BaseImagePointer[];
    readonly lastUpdate: BaseImageUpdate | undefined;
    readonly templates: readonly string[];
  },
): BaseImageSummary {
  const { name, title, family } = base;
  return {
    name,
    title,
    family,
    source: sourceInWords(base),
    endOfLife: base.endOfLife ?? null,
    templates: [...known.templates],
    places: known.pointers.map(({ region, architecture, imageId, imageName, release, since }) => ({
      region,
      architecture,
      imageId,
      imageName,
      release,
      since: iso(since),
    })),
    lastUpdate:
      known.lastUpdate === undefined
        ? null
        : {
            release: known.lastUpdate.release,
            firstSeenAt: iso(known.lastUpdate.firstSeenAt),
            type: known.lastUpdate.assessment?.type ?? null,
            level: known.lastUpdate.assessment?.level ?? null,
          },
  };
}

function sourceInWords({ source }: TrackedBaseImage): string {
  switch (source.kind) {
    case 'parameter':
      return `public parameter ${Object.values(source.names).join(', ')}`;
    case 'own-parameter':
      return `own parameter ${Object.values(source.names).join(', ')}`;
    case 'filter':
      return `images of ${source.owner} named ${Object.values(source.patterns).join(', ')}`;
  }
}

export function updateAnswer({
  release,
  firstSeenAt,
  observations,
  assessment,
}: BaseImageUpdate): UpdateAnswer {
  return {
    release,
    firstSeenAt: iso(firstSeenAt),
    observations: observations.map((observation) => ({
      region: observation.region,
      architecture: observation.architecture,
      previousImageId: observation.previousImageId,
      previousRelease: observation.previousRelease,
      imageId: observation.imageId,
      imageName: observation.imageName,
      seenAt: iso(observation.seenAt),
    })),
    assessment: assessment === undefined ? null : assessmentAnswer(assessment),
  };
}

export function assessmentAnswer(assessment: DatedAssessment): AssessmentAnswer {
  const { type, level, confidence, advisories, cves, packages, sources } = assessment;
  return {
    type,
    level,
    confidence,
    assessedAt: iso(assessment.assessedAt),
    advisories: advisories.map(({ id }) => id),
    cves: [...cves],
    packages: packages.map(({ name, before, after }) => ({ name, from: before ?? null, to: after })),
    changelogUrl: assessment.changelogUrl,
    sources: sources.map(({ name, state, detail }) => ({ name, state, detail })),
  };
}
