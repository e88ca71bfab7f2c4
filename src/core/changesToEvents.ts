import type { Announcement } from './announcements/announcement.ts';
import { isOpen } from './builds/regionBuild.ts';
import type { TargetState } from './builds/target.ts';
import type { Change } from './changes.ts';
import { EVENTS, HINTS, type DomainEvent } from './events.ts';

/** Kinds of changes, each with the events it stands for: usually none or one. */
type Told<K extends Change['kind']> = (change: Extract<Change, { kind: K }>) => readonly DomainEvent[];

/**
 * The events of a change of the table: what others can automate on, and hints for our own functions. They carry ids;
 * who consumes them looks the record up again, since it may have changed since, or come before.
 */
export function eventsOf(change: Change): readonly DomainEvent[] {
  switch (change.kind) {
    case 'region-build':
      return ofRegionBuild(change);
    case 'target':
      return ofTarget(change);
    case 'observation':
      return ofObservation(change);
    case 'update':
      return ofUpdate(change);
    case 'announcement':
      return [ofAnnouncement(change.after)];
    case 'template':
      return [event(HINTS.TEMPLATE_CHANGED, { template: change.slug, revision: change.revision })];
    case 'policy':
      // `version` is the version of the event's own shape.
      return [event(HINTS.POLICY_CHANGED, { policyVersion: change.version, changedBy: change.changedBy })];
  }
}

const ofRegionBuild: Told<'region-build'> = ({ before, after }) => {
  const { id, build, template, region, architecture, status, turn, image, amiId } = after;
  const tell = (detailType: DomainEvent['detailType'], more: object = {}): DomainEvent =>
    event(detailType, { regionBuild: id, build, template, region, architecture, status, ...more }, [id]);
  const waits = status === 'queued' || status === 'granted';
  return [
    ...(before === undefined ? [tell(EVENTS.BUILD_QUEUED)] : []),
    ...(waits && turn !== undefined && turn.token !== before?.turn?.token ? [tell(HINTS.TURN_AWAITED)] : []),
    ...(before?.status === 'granted' && status === 'running' ? [tell(EVENTS.BUILD_STARTED)] : []),
    ...(before !== undefined && before.status !== 'queued' && status === 'queued'
      ? [tell(HINTS.BUILD_REQUEUED)]
      : []),
    ...(image?.token !== undefined && image.token !== before?.image?.token
      ? [tell(HINTS.IMAGE_AWAITED, { imageArn: image.arn })]
      : []),
    ...(before !== undefined && isOpen(before.status) && !isOpen(status)
      ? [tell(EVENTS.BUILD_FINISHED, amiId === undefined ? {} : { amiId })]
      : []),
  ];
};

const ofTarget: Told<'target'> = ({ before, after }) => {
  const { template, region, architecture, packageEpoch } = after;
  const place = { template, region, architecture };
  const wasRaised = packageEpoch > (before?.packageEpoch ?? 0);
  return [
    ...promotion(after, before?.active?.amiId ?? null),
    ...(wasRaised ? [event(HINTS.PACKAGE_EPOCH_RAISED, { ...place, packageEpoch })] : []),
  ];
};

function promotion({ template, region, architecture, active }: TargetState, replaces: string | null) {
  if (active === undefined || active.amiId === replaces) return [];
  const { amiId, baseImageId, baseRelease, regionBuild } = active;
  return [
    event(
      EVENTS.AMI_PROMOTED,
      { template, region, architecture, amiId, replaces, baseImageId, baseRelease, regionBuild },
      [amiId],
    ),
  ];
}

const ofObservation: Told<'observation'> = ({ after }) => {
  const { base, release, region, architecture, imageId, previousImageId, previousRelease } = after;
  return [
    event(
      EVENTS.BASE_IMAGE_UPDATED,
      { base, release, region, architecture, imageId, previousImageId, previousRelease },
      [imageId],
    ),
  ];
};

/** Each assessment is told, also one that finds the same again: it may have been of a place that followed later. */
const ofUpdate: Told<'update'> = ({ before, after: { base, release, assessment } }) => {
  if (assessment === undefined || assessment.assessedAt === before?.assessment?.assessedAt) return [];
  const { type, level, confidence } = assessment;
  return [event(HINTS.UPDATE_ASSESSED, { base, release, type, level, confidence })];
};

function ofAnnouncement(announcement: Announcement): DomainEvent {
  const { key, kind } = announcement;
  switch (kind) {
    case 'budget-exhausted': {
      const { pot, endedOn, count } = announcement;
      const cause = endedOn === undefined ? 'empty' : 'ended';
      return event(EVENTS.BUDGET_EXHAUSTED, { announcement: key, pot, cause, parked: count }, [pot]);
    }
    case 'budget-overrun': {
      const { pot, regionBuild, template, region, architecture } = announcement;
      const place = { template, region, architecture };
      return event(EVENTS.BUDGET_OVERRUN, { announcement: key, pot, regionBuild, ...place }, [regionBuild]);
    }
    case 'deadline-at-risk':
    case 'deadline-missed': {
      const { regionBuild, build, template, region, architecture } = announcement;
      const deadline = new Date(announcement.deadline).toISOString();
      return event(
        kind === 'deadline-missed' ? EVENTS.DEADLINE_MISSED : EVENTS.DEADLINE_AT_RISK,
        { announcement: key, regionBuild, build, template, region, architecture, deadline },
        [regionBuild],
      );
    }
    case 'approval-wanted': {
      const { regionBuild, build, template, region, architecture } = announcement;
      const what = { announcement: key, regionBuild, build, template, region, architecture };
      return event(EVENTS.APPROVAL_WANTED, what, [regionBuild]);
    }
    case 'end-of-life': {
      const { base, on, daysLeft } = announcement;
      return event(EVENTS.END_OF_LIFE_NEAR, { announcement: key, base, on, daysLeft }, [base]);
    }
  }
}

function event(
  detailType: DomainEvent['detailType'],
  detail: DomainEvent['detail'],
  resources?: readonly string[],
): DomainEvent {
  return { detailType, version: '1', detail, ...(resources === undefined ? {} : { resources }) };
}
