import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { approvalWanted, ending, late, overrun } from '../../src/core/announcements/announcement.ts';
import type { Change } from '../../src/core/changes.ts';
import { eventsOf } from '../../src/core/changesToEvents.ts';
import { EVENTS, HINTS } from '../../src/core/events.ts';
import {
  aRegionBuild,
  aTargetState,
  anAnnouncement,
  anAssessment,
  anObservation,
  BASE,
  HERE,
  NOON,
} from '../contract/table/records.ts';

const TURN = { token: 'turn-1', execution: 'arn:execution', storedAt: NOON };
const IMAGE = { arn: 'arn:image', attempt: 1, startedAt: NOON, status: 'BUILDING' };
const ACTIVE = {
  ...{ amiId: 'ami-0new', fingerprint: 'f1', baseImageId: 'ami-0base', baseRelease: '2023.9', at: NOON },
  regionBuild: aRegionBuild().id,
};
const queued = aRegionBuild();
const waiting = aRegionBuild({ turn: TURN });
const granted = aRegionBuild({ status: 'granted', turn: TURN });
const running = aRegionBuild({ status: 'running', turn: TURN });
const building = aRegionBuild({ status: 'running', turn: TURN, image: IMAGE });
const awaiting = aRegionBuild({ status: 'running', turn: TURN, image: { ...IMAGE, token: 'image-1' } });
const succeeded = { ...awaiting, status: 'succeeded' as const, amiId: 'ami-0new' };
const update = { base: BASE, release: '2023.9', firstSeenAt: NOON };
const assessed = { ...update, assessment: anAssessment({ assessedAt: NOON }) };

const regionBuild = (before: typeof queued | undefined, after: typeof queued): Change =>
  before === undefined ? { kind: 'region-build', after } : { kind: 'region-build', before, after };

const CHANGES: readonly (readonly [what: string, change: Change, told: readonly string[]])[] = [
  ['a new region build', regionBuild(undefined, queued), [EVENTS.BUILD_QUEUED]],
  ['its turn is stored', regionBuild(queued, waiting), [HINTS.TURN_AWAITED]],
  [
    'its turn is stored anew',
    regionBuild(waiting, aRegionBuild({ turn: { ...TURN, token: 'turn-2' } })),
    [HINTS.TURN_AWAITED],
  ],
  ['it is granted', regionBuild(waiting, granted), []],
  ['it runs', regionBuild(granted, running), [EVENTS.BUILD_STARTED]],
  ['its image is known', regionBuild(running, building), []],
  ['its image is awaited', regionBuild(building, awaiting), [HINTS.IMAGE_AWAITED]],
  ['it is back in its queue', regionBuild(granted, queued), [HINTS.BUILD_REQUEUED]],
  ['it has succeeded', regionBuild(awaiting, succeeded), [EVENTS.BUILD_FINISHED]],
  ['it was cancelled', regionBuild(waiting, { ...waiting, status: 'cancelled' }), [EVENTS.BUILD_FINISHED]],
  ['what has ended changes again', regionBuild(succeeded, { ...succeeded, cost: 1 }), []],
  [
    'another AMI is active',
    { kind: 'target', after: aTargetState({ active: ACTIVE }) },
    [EVENTS.AMI_PROMOTED],
  ],
  [
    'a target changes, and its AMI does not',
    {
      kind: 'target',
      before: aTargetState({ active: ACTIVE }),
      after: aTargetState({ active: ACTIVE, sequence: 2 }),
    },
    [],
  ],
  ['a target without an AMI', { kind: 'target', after: aTargetState() }, []],
  ['a place got a new image', { kind: 'observation', after: anObservation() }, [EVENTS.BASE_IMAGE_UPDATED]],
  ['an update was seen', { kind: 'update', after: update }, []],
  ['it was assessed', { kind: 'update', before: update, after: assessed }, [HINTS.UPDATE_ASSESSED]],
  [
    'it was assessed again, and the same was found',
    {
      kind: 'update',
      before: assessed,
      after: { ...update, assessment: anAssessment({ assessedAt: NOON + 1 }) },
    },
    [HINTS.UPDATE_ASSESSED],
  ],
  ['its record is written again', { kind: 'update', before: assessed, after: assessed }, []],
  ['a pot is empty', { kind: 'announcement', after: anAnnouncement() }, [EVENTS.BUDGET_EXHAUSTED]],
  [
    'a build cost more than its ceiling',
    {
      kind: 'announcement',
      after: overrun(queued, 1, { pot: 'urgent#2040-01', ceiling: 10, cost: 11, at: NOON }),
    },
    [EVENTS.BUDGET_OVERRUN],
  ],
  [
    'a deadline may not be met',
    {
      kind: 'announcement',
      after: late(queued, 'deadline-at-risk', { at: NOON, deadline: NOON + 1, because: 'no slot' }),
    },
    [EVENTS.DEADLINE_AT_RISK],
  ],
  [
    'a deadline was not met',
    {
      kind: 'announcement',
      after: late(queued, 'deadline-missed', { at: NOON, deadline: NOON - 1, because: 'no slot' }),
    },
    [EVENTS.DEADLINE_MISSED],
  ],
  [
    'a build waits for a yes',
    { kind: 'announcement', after: approvalWanted(queued, { at: NOON, because: 'low updates do' }) },
    [EVENTS.APPROVAL_WANTED],
  ],
  [
    'a base image gets no updates soon',
    { kind: 'announcement', after: ending({ at: NOON, base: 'rocky-9', on: '2040-05-31', daysLeft: 30 }, 1) },
    [EVENTS.END_OF_LIFE_NEAR],
  ],
  ['a template', { kind: 'template', slug: HERE.template, revision: 3 }, [HINTS.TEMPLATE_CHANGED]],
  ['a policy', { kind: 'policy', version: 4, changedBy: 'ada' }, [HINTS.POLICY_CHANGED]],
];

describe('a change is told as what others can automate on', () => {
  test.each(CHANGES)('%s', (_, change, told) => {
    expect(eventsOf(change).map(({ detailType }) => detailType)).toEqual(told);
  });

  test('with the ids by which the record is found again', () => {
    const [finished] = eventsOf(regionBuild(awaiting, succeeded));
    const { id, build } = succeeded;
    expect(finished).toEqual({
      detailType: EVENTS.BUILD_FINISHED,
      version: '1',
      detail: { regionBuild: id, build, ...HERE, status: 'succeeded', amiId: 'ami-0new' },
      resources: [id],
    });
  });

  test('an AMI that takes the place of another says which', () => {
    const before = aTargetState({ active: { ...ACTIVE, amiId: 'ami-0old' } });
    const [promoted] = eventsOf({ kind: 'target', before, after: aTargetState({ active: ACTIVE }) });
    expect(promoted?.detail).toMatchObject({ amiId: 'ami-0new', replaces: 'ami-0old' });
  });
});

describe('docs/events.md', () => {
  const text = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
  const sections = text.split(/^#{2,3} /m).map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    // The first column of its tables: names of fields.
    const fields = lines.flatMap((line) => /^\| (`.*?) \|/.exec(line)?.[1]?.match(/\w+/g) ?? []);
    return { names: heading.split(', '), fields };
  });

  test.each([...Object.values(EVENTS), ...Object.values(HINTS)])('names %s', (name) => {
    expect(text).toContain(name);
  });

  test.each(CHANGES)('has every field of the event: %s', (_, change) => {
    for (const { detailType, detail } of eventsOf(change)) {
      const section = sections.find(({ names }) => names.includes(detailType));
      expect(section?.fields).toEqual(expect.arrayContaining(Object.keys(detail)));
    }
  });
});
