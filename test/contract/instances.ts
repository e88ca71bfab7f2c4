import { expect, test } from 'vitest';
import type { Instances } from '../../src/ports.ts';

/** Instances somewhere: one of each AMI runs, tagged; one of the first is stopped, and one is gone. */
export interface InstancesWorld {
  readonly instances: Instances;
  readonly region: string;
  readonly first: Launched;
  readonly second: Launched;
  readonly stopped: string;
  readonly gone: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Launched {
  readonly amiId: string;
  readonly instanceId: string;
}

export function instancesContract(aWorld: () => Promise<InstancesWorld>): void {
  test('instances are told with state, launch and tags, those of the AMIs that are asked for and no others', async () => {
    const { instances, region, first, stopped, tags } = await aWorld();
    const found = await instances.launchedFrom(region, [first.amiId]);
    expect(found.map(({ instanceId, state }) => `${instanceId} ${state}`).sort()).toEqual(
      [`${first.instanceId} running`, `${stopped} stopped`].sort(),
    );
    const running = found.find(({ instanceId }) => instanceId === first.instanceId);
    expect(running).toMatchObject({ region, imageId: first.amiId, tags });
    expect(running?.launchedAt).toBeGreaterThan(Date.UTC(2020, 0, 1));
  });

  test('one that was terminated is none', async () => {
    const { instances, region, first, gone } = await aWorld();
    const found = await instances.launchedFrom(region, [first.amiId]);
    expect(found.map(({ instanceId }) => instanceId)).not.toContain(gone);
  });

  test('many AMIs are asked for in parts, each instance is told once, also for an AMI named twice', async () => {
    const { instances, region, first, second } = await aWorld();
    const strangers = Array.from({ length: 450 }, (_, n) => `ami-${n.toString(16).padStart(17, 'f')}`);
    const asked = [first.amiId, ...strangers, second.amiId, first.amiId];
    const found = await instances.launchedFrom(region, asked);
    const running = found.filter(({ state }) => state === 'running').map(({ instanceId }) => instanceId);
    expect(running.sort()).toEqual([first.instanceId, second.instanceId].sort());
  });

  test('nobody launched from no AMI, nor from one of another region', async () => {
    const { instances, region, first } = await aWorld();
    expect(await instances.launchedFrom(region, [])).toEqual([]);
    expect(await instances.launchedFrom('eu-west-1', [first.amiId])).toEqual([]);
  });
}
