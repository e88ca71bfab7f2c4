import type { AmiAnswer, RegionBuildAnswer } from '../../../src/api/answers.ts';
import { IMAGE_UNDER_WAY } from '../../../src/core/builds/image.ts';

/** Image Builder's own statuses in their order, between what comes before an image and what follows it. */
export const STAGES = [
  'queued',
  'granted',
  ...IMAGE_UNDER_WAY,
  'AVAILABLE',
  'recorded',
  'published',
] as const;
/** `ended`: failed, refused or cancelled. */
export type Stage = (typeof STAGES)[number] | 'ended';

/** A region build as it is followed from outside: by the control API, and by Image Builder's answer about its image. */
export interface Followed {
  readonly id: string;
  readonly build: string;
  readonly template: string;
  readonly region: string;
  readonly architecture: string;
  readonly stage: Stage;
  /** Why it waits, or why it ended. */
  readonly because?: string;
  readonly imageArn?: string;
  readonly amiId?: string;
}

/**
 * Where a region build stands.
 * @param imageStatus what Image Builder says of its image at this moment; newer than what the control API has seen
 * @param ami its AMI, once it is recorded
 */
export function followed(
  build: RegionBuildAnswer,
  imageStatus: string | undefined,
  ami: AmiAnswer | undefined,
): Followed {
  const { id, template, region, architecture, imageArn, amiId } = build;
  const because = build.status === 'queued' ? build.waiting?.because : endOf(build);
  return {
    ...{ id, build: build.build, template, region, architecture },
    stage: stageOf(build, imageStatus, ami),
    ...(because === undefined ? {} : { because }),
    ...(imageArn === null ? {} : { imageArn }),
    ...(amiId === null ? {} : { amiId }),
  };
}

function stageOf(
  build: RegionBuildAnswer,
  imageStatus: string | undefined,
  ami: AmiAnswer | undefined,
): Stage {
  switch (build.status) {
    case 'queued':
    case 'granted':
      return build.status;
    case 'running':
      return STAGES.find((stage) => stage === (imageStatus ?? build.imageStatus)) ?? 'granted';
    case 'succeeded':
      return ami?.state === 'active' && ami.publishedAt !== null ? 'published' : 'recorded';
    case 'failed':
    case 'cancelled':
    case 'refused':
      return 'ended';
  }
}

function endOf({ status, failure }: RegionBuildAnswer): string | undefined {
  if (status !== 'failed' && status !== 'cancelled' && status !== 'refused') return undefined;
  return failure === null ? status : `${status}: ${failure.reason} (${failure.error})`;
}

/** Whether nothing more will come of it. */
export function isSettled({ stage }: Pick<Followed, 'stage'>): boolean {
  return stage === 'published' || stage === 'ended';
}

/** How far it has come, from 0 to 1. */
export function progressOf({ stage }: Pick<Followed, 'stage'>): number {
  return stage === 'ended' ? 1 : STAGES.indexOf(stage) / (STAGES.length - 1);
}
