import { without } from '../../../src/core/builds/compose.ts';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { Write } from '../../../src/core/writes.ts';
import {
  aPointer,
  aPolicy,
  aRegionBuild,
  aTargetState,
  aTemplate,
  anAmi,
  anAssessment,
  anAnnouncement,
  anAttempt,
  anObservation,
  BASE,
  HERE,
  NOON,
} from './records.ts';
import { committed } from './steps.ts';
import type { TableUnderTest } from './tableUnderTest.ts';

const IMAGE = anAmi().imageArn;

/** From an upstream change to a published AMI: every kind of write, by all who write. */
export async function wholeLife({
  commits,
  templates,
  policies,
  stateMachine,
  ...table
}: TableUnderTest): Promise<void> {
  const queued = aRegionBuild();
  const { id } = queued;
  const save = (after: RegionBuild): Write => ({
    kind: 'region-build',
    after,
    expects: after.revision === 1 ? null : after.revision - 1,
  });
  const explain = (because: string): Write => ({
    kind: 'explain',
    regionBuild: id,
    line: { at: NOON, rule: 'told', because },
  });

  await policies.save(aPolicy());
  await policies.save(aPolicy({ version: 2, changedBy: 'bob' }));
  await templates.save(aTemplate());
  await templates.save(aTemplate({ revision: 2 }));

  await committed(commits, { kind: 'pointer', after: aPointer(), expects: null });
  const moved = aPointer({ imageId: 'ami-0next', parameterVersion: 8 });
  const seen: Write = { kind: 'update-seen', base: BASE, release: '2023.9', at: NOON };
  await committed(
    commits,
    { kind: 'pointer', after: moved, expects: { imageId: 'ami-0base', parameterVersion: 7 } },
    seen,
    { kind: 'observation', after: anObservation() },
  );
  await committed(commits, seen, { kind: 'observation', after: anObservation({ region: 'us-west-2' }) });
  const assessment = anAssessment();
  await committed(commits, { kind: 'assessment', base: BASE, release: '2023.9', assessment, expects: null });

  await committed(
    commits,
    save(queued),
    { kind: 'enter-queue', target: HERE, regionBuild: id },
    { kind: 'target', after: aTargetState(), expects: null },
    {
      kind: 'build-member',
      build: queued.build,
      template: HERE.template,
      because: 'moved',
      requestedAt: NOON,
      regionBuild: id,
    },
    { kind: 'observation-handled', observation: anObservation() },
    explain('requested'),
  );
  await committed(commits, explain('waits'));
  const parked: Write = { kind: 'announce', announcement: anAnnouncement() };
  await committed(commits, parked);
  await committed(commits, parked, explain('waits still'));
  await stateMachine.storeTurn(id, { token: 'token-1', execution: 'exec-1', at: NOON });
  await stateMachine.storeTurn(id, { token: 'token-2', execution: 'exec-1', at: NOON + 1 });

  const turn = { token: 'token-2', execution: 'exec-1', storedAt: NOON + 1 };
  const granted = aRegionBuild({ status: 'granted', revision: 4, attempts: 1, turn });
  const pot = 'daily#2040-01-02';
  await committed(
    commits,
    save(granted),
    { kind: 'leave-queue', target: HERE, regionBuild: id },
    { kind: 'enter-running', target: HERE, regionBuild: id },
    { kind: 'take-slot', region: HERE.region, slot: 1, regionBuild: id, attempt: 1 },
    { kind: 'reserve', pot, amount: 100, limit: 1_000 },
    { kind: 'attempt', after: anAttempt(), expects: null },
    explain('granted'),
  );
  await committed(commits, save({ ...granted, status: 'running', revision: 5, startedAt: NOON }));
  const image = { arn: IMAGE, attempt: 1, startedAt: NOON, status: 'PENDING' };
  const running: RegionBuild = { ...granted, status: 'running', revision: 6, startedAt: NOON, image };
  await committed(commits, save(running), { kind: 'image-owner', imageArn: IMAGE, regionBuild: id });
  await stateMachine.storeImageToken(id, { arn: IMAGE, token: 'token-3', execution: 'exec-1' });

  const ended = { ...without(running, 'turn'), image: { ...image, token: 'token-3', execution: 'exec-1' } };
  await committed(
    commits,
    save({ ...ended, status: 'succeeded', revision: 8, amiId: 'ami-0new', cost: 40, finishedAt: NOON }),
    { kind: 'leave-running', target: HERE, regionBuild: id },
    { kind: 'free-slot', region: HERE.region, slot: 1, regionBuild: id, attempt: 1 },
    { kind: 'settle', pot, ceiling: 100, cost: 40 },
    { kind: 'attempt', after: anAttempt({ state: 'settled', cost: 40 }), expects: 'held', pending: 'tidy' },
    { kind: 'ami', after: anAmi(), expects: null, pending: 'publish' },
    { kind: 'target', after: aTargetState({ revision: 2, durations: [60_000] }), expects: 1 },
  );
  const active = {
    amiId: 'ami-0new',
    fingerprint: 'f1',
    baseImageId: 'ami-0base',
    baseRelease: '2023.9',
    regionBuild: id,
    at: NOON,
  };
  await committed(
    commits,
    { kind: 'target', after: aTargetState({ revision: 3, durations: [60_000], active }), expects: 2 },
    { kind: 'ami', after: anAmi({ state: 'active' }), expects: 'candidate' },
  );

  await table.scanReports.save({ at: NOON, succeeded: true, problems: [] });
  await table.activity.note('noted', { at: NOON, kind: 'ami-promoted', text: 'ami-0new is active' });
  await table.once.begin('told');
  await table.once.done('told');
}
