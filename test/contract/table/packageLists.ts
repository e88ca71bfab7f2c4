import { describe, expect, test } from 'vitest';
import { PACKAGE_LIST_KEPT } from '../../../src/core/keeping.ts';
import type { ListedAmi } from '../../../src/ports.ts';
import { anAmi, aPackageCheck, HERE, NOON } from './records.ts';
import { committed } from './steps.ts';
import type { MakeTable } from './tableUnderTest.ts';

const openssl = (version: string) => [{ name: 'openssl', version }];

const built = (change: Partial<ListedAmi> = {}): ListedAmi => {
  const { amiId, architecture, baseImageName, createdAt } = anAmi(change);
  return { amiId, architecture, baseImageName, createdAt };
};

/** What is installed in our AMIs. */
export function packageListsContract(make: MakeTable): void {
  describe('package lists', () => {
    test('there are none at first', async () => {
      const { packageLists } = await make();
      expect(await packageLists.of(built())).toBeUndefined();
      expect(await packageLists.newestOn(built())).toBeUndefined();
    });

    test('each is read by its AMI, as it was kept last', async () => {
      const { packageLists } = await make();
      const other = built({ amiId: 'ami-2' });
      await packageLists.keep(built(), openssl('1:3.2.2-1.amzn2023'));
      await packageLists.keep(other, openssl('2'));
      await packageLists.keep(other, [...openssl('3'), { name: 'libstdc++', version: '11.5~rc1^git-1' }]);
      expect(await packageLists.of(built())).toEqual(openssl('1:3.2.2-1.amzn2023'));
      expect(await packageLists.of(other)).toEqual([
        ...openssl('3'),
        { name: 'libstdc++', version: '11.5~rc1^git-1' },
      ]);
    });

    test('the newest build on a base image of an architecture is found', async () => {
      const { packageLists } = await make();
      const old = built({ amiId: 'ami-9', createdAt: NOON });
      const young = built({ amiId: 'ami-1', createdAt: NOON + 1 });
      const arm = built({ amiId: 'ami-2', createdAt: NOON + 2, architecture: 'arm64' });
      const elsewhere = built({ amiId: 'ami-3', createdAt: NOON + 3, baseImageName: 'another image' });
      for (const ami of [young, arm, elsewhere, old]) await packageLists.keep(ami, openssl(ami.amiId));
      expect(await packageLists.newestOn(old)).toEqual(openssl('ami-1'));
      expect(await packageLists.newestOn(arm)).toEqual(openssl('ami-2'));
      expect(await packageLists.newestOn(elsewhere)).toEqual(openssl('ami-3'));
      expect(await packageLists.newestOn(built({ baseImageName: 'none' }))).toBeUndefined();
    });

    test('two thousand packages have room', async () => {
      const { packageLists } = await make();
      const packages = Array.from({ length: 2_000 }, (_, i) => ({
        name: `python3-some-rather-long-name-${i}`,
        version: `1:${i}.${i * 7}.${i * 13}-${i * 31}.amzn2023.0.${i}`,
      }));
      await packageLists.keep(built(), packages);
      expect(await packageLists.of(built())).toEqual(packages);
    });

    test('they are forgotten after some months', async () => {
      const { packageLists, clock } = await make();
      await packageLists.keep(built(), openssl('1'));
      clock.now += PACKAGE_LIST_KEPT - 1;
      expect(await packageLists.of(built())).toEqual(openssl('1'));
      clock.now += 1_000;
      expect(await packageLists.of(built())).toBeUndefined();
      expect(await packageLists.newestOn(built())).toBeUndefined();
    });
  });
}

/** What the daily check found. */
export function packageChecksContract(make: MakeTable): void {
  describe('package checks', () => {
    test('there are none at first', async () => {
      const { packageChecks } = await make();
      expect(await packageChecks.get(HERE)).toBeUndefined();
      expect(await packageChecks.of('python-ml')).toEqual([]);
    });

    test('the last one of each place is kept', async () => {
      const { packageChecks, commits } = await make();
      const here = aPackageCheck({ revision: 2, open: [] });
      const there = aPackageCheck({ region: 'us-west-2' });
      const another = aPackageCheck({ template: 'r-stats' });
      await committed(commits, { kind: 'package-check', after: aPackageCheck(), expects: null });
      await committed(commits, { kind: 'package-check', after: here, expects: 1 });
      for (const after of [there, another])
        await committed(commits, { kind: 'package-check', after, expects: null });
      expect(await packageChecks.get(HERE)).toEqual(here);
      expect(await packageChecks.of('python-ml')).toEqual([here, there]);
    });
  });
}
