import { describe, expect, test } from 'vitest';
import type { RegionBuild } from '../../../src/core/builds/regionBuild.ts';
import type { Write } from '../../../src/core/writes.ts';
import { aRegionBuild, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const saved = (after: RegionBuild): Write => ({
  kind: 'region-build',
  after,
  expects: after.revision === 1 ? null : after.revision - 1,
});

/** What the states of the state machine write themselves, under the conditions of its definition. */
export function stateMachineContract(make: MakeTable): void {
  const turn = (execution: string, token: string) => ({ token, execution, at: NOON + 3 });

  describe('the state machine', () => {
    test('a queued or granted region build takes the token of the execution that waits, and its revision rises', async () => {
      const { commits, stateMachine, regionBuilds } = await make();
      const waits = aRegionBuild();
      const granted = aRegionBuild({ template: 'r-stats', status: 'granted' });
      await committed(commits, saved(waits), saved(granted));
      for (const build of [waits, granted]) {
        expect(await stateMachine.storeTurn(build.id, turn('exec-1', 'token-1'))).toBe(true);
        expect(await regionBuilds.get(build.id)).toEqual({
          ...build,
          revision: 2,
          turn: { token: 'token-1', execution: 'exec-1', storedAt: NOON + 3 },
        });
      }
    });

    test('the same execution may store again, another may not', async () => {
      const { commits, stateMachine, regionBuilds } = await make();
      const { id } = aRegionBuild();
      await committed(commits, saved(aRegionBuild()));
      await stateMachine.storeTurn(id, turn('exec-1', 'token-1'));
      expect(await stateMachine.storeTurn(id, turn('exec-2', 'token-2'))).toBe(false);
      expect(await stateMachine.storeTurn(id, turn('exec-1', 'token-3'))).toBe(true);
      expect(await regionBuilds.get(id)).toMatchObject({ revision: 3, turn: { token: 'token-3' } });
    });

    test.each(['running', 'succeeded', 'failed'] as const)('one that is %s takes no turn', async (status) => {
      const { commits, stateMachine } = await make();
      await committed(commits, saved(aRegionBuild({ status })));
      expect(await stateMachine.storeTurn(aRegionBuild().id, turn('exec-1', 'token-1'))).toBe(false);
    });

    test('one that does not exist takes no turn and no image', async () => {
      const { stateMachine } = await make();
      expect(await stateMachine.storeTurn('none', turn('exec-1', 'token-1'))).toBe(false);
      const image = { arn: 'arn:image/1', token: 't', execution: 'e' };
      expect(await stateMachine.storeImageToken('none', image)).toBe(false);
    });

    test('a running one takes the token of exactly its image', async () => {
      const { commits, stateMachine, regionBuilds } = await make();
      const image = { arn: 'arn:image/1', attempt: 1, startedAt: NOON, status: 'PENDING' };
      const build = aRegionBuild({ status: 'running', image });
      await committed(commits, saved(build));
      const its = { token: 'token-1', execution: 'exec-1' };
      expect(await stateMachine.storeImageToken(build.id, { arn: 'arn:image/2', ...its })).toBe(false);
      expect(await stateMachine.storeImageToken(build.id, { arn: 'arn:image/1', ...its })).toBe(true);
      expect(await regionBuilds.get(build.id)).toEqual({
        ...build,
        revision: 2,
        image: { ...image, ...its },
      });
    });

    test('a write decided before the token came conflicts', async () => {
      const { commits, stateMachine } = await make();
      const build = aRegionBuild();
      await committed(commits, saved(build));
      await stateMachine.storeTurn(build.id, turn('exec-1', 'token-1'));
      const write = saved({ ...build, status: 'granted', revision: 2 });
      expect(await commits.commit([write])).toEqual({ committed: false, conflicts: [write] });
    });
  });
}
