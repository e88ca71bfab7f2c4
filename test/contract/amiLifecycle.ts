import { expect, test } from 'vitest';
import type { AmiLifecycle } from '../../src/ports.ts';

/** EC2 in a region, with the AMIs that a test asks for. */
export interface AmiLifecycleWorld {
  readonly lifecycle: AmiLifecycle;
  readonly region: string;
  /** An AMI of ours, which nobody uses. */
  readonly anAmi: () => Promise<string>;
  /** An AMI of this account that somebody else made. */
  readonly aForeignAmi: () => Promise<string>;
  /** Somebody uses it; answers who. */
  readonly use: (amiId: string) => Promise<string>;
  /** Somebody deregisters it by hand. */
  readonly remove: (amiId: string) => Promise<void>;
  readonly state: (
    amiId: string,
  ) => Promise<{ readonly deprecated: boolean; readonly disabled: boolean } | 'gone'>;
}

const CHANGES = ['deprecate', 'undeprecate', 'disable', 'deregister'] as const;

export function amiLifecycleContract(aWorld: () => Promise<AmiLifecycleWorld>): void {
  test('who uses an AMI is told, and that nobody does; one that is gone is absent', async () => {
    const { lifecycle, region, anAmi, use, remove } = await aWorld();
    const [used, unused, gone] = [await anAmi(), await anAmi(), await anAmi()];
    const user = await use(used);
    await remove(gone);
    expect(await lifecycle.uses(region, [used, unused, gone])).toEqual(
      new Map([
        [used, { kind: 'known', by: [user] }],
        [unused, { kind: 'known', by: [] }],
      ]),
    );
    expect(await lifecycle.uses(region, [])).toEqual(new Map());
  });

  test('more AMIs than EC2 takes in one question are asked about all the same', async () => {
    const { lifecycle, region, anAmi, use } = await aWorld();
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await anAmi());
    const user = await use(ids[11]!);
    const uses = await lifecycle.uses(region, ids);
    expect([...uses.keys()].sort()).toEqual([...ids].sort());
    expect(uses.get(ids[11]!)).toEqual({ kind: 'known', by: [user] });
  });

  test('an AMI without our tag takes no other AMI’s answer: of it alone nothing is known', async () => {
    const { lifecycle, region, anAmi, aForeignAmi, use } = await aWorld();
    const [foreign, used] = [await aForeignAmi(), await anAmi()];
    const user = await use(used);
    const uses = await lifecycle.uses(region, [foreign, used]);
    expect(uses.get(foreign)).toMatchObject({
      kind: 'not-known-yet',
      because: expect.stringContaining('it does not carry our tag') as string,
    });
    expect(uses.get(used)).toEqual({ kind: 'known', by: [user] });
  });

  test('an AMI can be launched until it is disabled, whoever made it; one that is gone can not', async () => {
    const { lifecycle, region, anAmi, aForeignAmi, remove } = await aWorld();
    const [ami, gone] = [await anAmi(), await anAmi()];
    await remove(gone);
    const isLaunchable = (amiId: string) => lifecycle.isLaunchable(region, amiId);
    expect(await isLaunchable(ami)).toBe(true);
    await lifecycle.deprecate(region, ami);
    expect(await isLaunchable(ami)).toBe(true);
    await lifecycle.disable(region, ami);
    expect(await isLaunchable(ami)).toBe(false);
    expect(await isLaunchable(gone)).toBe(false);
    expect(await isLaunchable(await aForeignAmi())).toBe(true);
  });

  test('an AMI goes its way, each step once or twice', async () => {
    const { lifecycle, region, anAmi, state } = await aWorld();
    const ami = await anAmi();
    const steps = [
      ['deprecate', { deprecated: true, disabled: false }],
      ['disable', { deprecated: true, disabled: true }],
      ['deregister', 'gone'],
    ] as const;
    for (const [step, after] of steps)
      for (let times = 0; times < 2; times += 1) {
        await lifecycle[step](region, ami);
        expect(await state(ami)).toEqual(after);
      }
  });

  test('a deprecation is taken back, once or twice', async () => {
    const { lifecycle, region, anAmi, state } = await aWorld();
    const ami = await anAmi();
    await lifecycle.deprecate(region, ami);
    for (let times = 0; times < 2; times += 1) {
      await lifecycle.undeprecate(region, ami);
      expect(await state(ami)).toEqual({ deprecated: false, disabled: false });
    }
  });

  test.each(CHANGES)('%s does nothing to an AMI that is gone', async (change) => {
    const { lifecycle, region, anAmi, remove, state } = await aWorld();
    const ami = await anAmi();
    await remove(ami);
    await lifecycle[change](region, ami);
    expect(await state(ami)).toBe('gone');
  });

  test.each(CHANGES)('%s refuses an AMI without our tag', async (change) => {
    const { lifecycle, region, aForeignAmi, state } = await aWorld();
    const ami = await aForeignAmi();
    await expect(lifecycle[change](region, ami)).rejects.toMatchObject({ name: 'NotOurAmi' });
    expect(await state(ami)).toEqual({ deprecated: false, disabled: false });
  });
}
