import { isOpen } from '../../core/builds/regionBuild.ts';
import { EVENTS, HINTS } from '../../core/events.ts';
import type { ActivityEntry, Services } from '../../ports.ts';
import { textIn } from './textIn.ts';
import type { Told } from './told.ts';

type ActivityServices = Pick<Services, 'regionBuilds' | 'baseImages' | 'now'>;

interface Noted {
  /** Names what happened: seen again, it is noted once. */
  readonly key: string;
  readonly entry: ActivityEntry;
}

/** What `status` will show of an event: at most one sentence, with the time at which it happened. */
export async function activityOf({ detailType, detail }: Told, services: ActivityServices): Promise<Noted[]> {
  switch (detailType) {
    case HINTS.UPDATE_ASSESSED:
      return updateAssessed(textIn(detail, 'base'), textIn(detail, 'release'), services);
    case EVENTS.BUILD_QUEUED:
      return regionBuildNoted(textIn(detail, 'regionBuild'), 'queued', services);
    case EVENTS.BUILD_FINISHED:
      return regionBuildNoted(textIn(detail, 'regionBuild'), 'finished', services);
    case EVENTS.AMI_PROMOTED: {
      const [template, region, amiId] = ['template', 'region', 'amiId'].map((field) => textIn(detail, field));
      return [
        {
          key: `promoted:${amiId ?? ''}:${textIn(detail, 'regionBuild')}`,
          entry: {
            at: services.now(),
            kind: 'ami-promoted',
            text: `${template ?? ''}: ${amiId ?? ''} is the active AMI in ${region ?? ''}`,
          },
        },
      ];
    }
    case HINTS.POLICY_CHANGED:
      return [
        {
          key: `policy:${String(detail['policyVersion'])}`,
          entry: {
            at: services.now(),
            kind: 'policy-changed',
            text: `policy changed by ${textIn(detail, 'changedBy')} (version ${String(detail['policyVersion'])})`,
          },
        },
      ];
    case EVENTS.BASE_IMAGE_UPDATED:
    case EVENTS.BUILD_STARTED:
    case EVENTS.BUDGET_EXHAUSTED:
    case EVENTS.BUDGET_OVERRUN:
    case EVENTS.DEADLINE_AT_RISK:
    case EVENTS.DEADLINE_MISSED:
    case EVENTS.END_OF_LIFE_NEAR:
    case EVENTS.APPROVAL_WANTED:
    case HINTS.TURN_AWAITED:
    case HINTS.BUILD_REQUEUED:
    case HINTS.IMAGE_AWAITED:
    case HINTS.TEMPLATE_CHANGED:
    case HINTS.PACKAGE_EPOCH_RAISED:
      return [];
  }
}

async function updateAssessed(
  base: string,
  release: string,
  { baseImages }: Pick<Services, 'baseImages'>,
): Promise<Noted[]> {
  const update = await baseImages.update(base, release);
  if (update?.assessment === undefined) return [];
  const { level, type, assessedAt } = update.assessment;
  const what = level === 'none' || level === 'unknown' ? type : `${type}, ${level}`;
  return [
    {
      key: `update:${base}:${release}:${level}`,
      entry: {
        at: assessedAt,
        kind: 'base-image-updated',
        text: `${base} moved to ${release} (${what === 'unknown' ? 'what it fixes is not known' : what})`,
      },
    },
  ];
}

async function regionBuildNoted(
  id: string,
  moment: 'queued' | 'finished',
  { regionBuilds }: Pick<Services, 'regionBuilds'>,
): Promise<Noted[]> {
  const build = await regionBuilds.get(id);
  if (build === undefined) return [];
  const {
    template,
    region,
    architecture,
    status,
    amiId,
    failure,
    requestedAt,
    finishedAt = 0,
    reasons,
  } = build;
  const place = `${template} in ${region} (${architecture})`;
  if (moment === 'queued') {
    const because = reasons.map((reason) => reason.because).join('; ');
    return [
      {
        key: `queued:${id}`,
        entry: { at: requestedAt, kind: 'build-queued', text: `${place} queued: ${because}` },
      },
    ];
  }
  if (isOpen(status)) return [];
  const text =
    status === 'succeeded'
      ? `${place} built: ${amiId ?? ''}`
      : `${place} ${status}${failure === undefined ? '' : `: ${failure.reason}`}`;
  const kind = status === 'failed' || status === 'refused' ? 'build-failed' : 'build-finished';
  return [{ key: `finished:${id}`, entry: { at: finishedAt, kind, text } }];
}
