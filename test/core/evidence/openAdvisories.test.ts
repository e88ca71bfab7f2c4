import { describe, expect, test } from 'vitest';
import { inferFixed } from '../../../src/core/evidence/inferFixed.ts';
import { indexInventory, lineOf } from '../../../src/core/evidence/inventory.ts';
import type { InstalledPackage } from '../../../src/core/evidence/inventory.ts';
import { advisoriesForInventory } from '../../../src/core/evidence/openAdvisories.ts';
import { anAdvisory } from './builders.ts';

const rpm = (...packages: InstalledPackage[]) => indexInventory(packages, 'rpm');
const deb = (...packages: InstalledPackage[]) => indexInventory(packages, 'deb');
const libxml2 = (version: string) => ({ name: 'libxml2', version });
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('advisoriesForInventory', () => {
  test('an important advisory about a package of our own layer', () => {
    const open = advisoriesForInventory(rpm(libxml2('2.10.4-1.amzn2023.0.9')), [anAdvisory()], 'x86_64');
    expect(open).toEqual({
      level: 'high',
      cves: ['CVE-2026-1000'],
      exploited: [],
      advisories: [
        {
          id: 'ALAS2023-2026-1',
          level: 'high',
          cves: ['CVE-2026-1000'],
          exploited: [],
          packages: [
            { name: 'libxml2', installed: '2.10.4-1.amzn2023.0.9', fixed: '2.10.4-1.amzn2023.0.15' },
          ],
          published: Date.parse('2026-01-20T18:00:00Z'),
        },
      ],
    });
  });

  test.each([
    ['the fixed version is installed', rpm(libxml2('2.10.4-1.amzn2023.0.15')), {}],
    ['the package is not installed', rpm({ name: 'curl', version: '1-1' }), {}],
    ['the version has no release and is the same', rpm(libxml2('2.10.4')), {}],
    ['no fixed version is known', rpm(libxml2('1-1')), { fixes: [], about: ['libxml2'] }],
    [
      'it is about the other architecture',
      rpm(libxml2('1-1')),
      { fixes: [{ name: 'libxml2', version: '2-1', architectures: ['arm64'] }] } as const,
    ],
    [
      'the fault came later',
      rpm(libxml2('1-1')),
      { fixes: [{ name: 'libxml2', version: '3-1', introduced: '2-1' }] },
    ],
  ])('nothing is open if %s', (_, index, advisory) => {
    expect(advisoriesForInventory(index, [anAdvisory(advisory)], 'x86_64')).toEqual({
      level: 'none',
      advisories: [],
      cves: [],
      exploited: [],
    });
  });

  test('known exploitation raises to critical', () => {
    const { level, exploited } = advisoriesForInventory(
      rpm(libxml2('1-1')),
      [anAdvisory({ level: 'low' })],
      'x86_64',
      new Set(['CVE-2026-1000']),
    );
    expect([level, exploited]).toEqual(['critical', ['CVE-2026-1000']]);
  });

  test('of several kernels the newest counts', () => {
    const fixes = [{ name: 'kernel', version: '1:6.1.159-182.297.amzn2023' }];
    const kernel = (version: string) => ({ name: 'kernel', version });
    const both = rpm(kernel('1:6.1.158-180.294.amzn2023'), kernel('1:6.1.159-182.297.amzn2023'));
    expect(advisoriesForInventory(both, [anAdvisory({ fixes })], 'x86_64').level).toBe('none');
    expect(
      advisoriesForInventory(rpm(kernel('1:6.1.158-180.294.amzn2023')), [anAdvisory({ fixes })], 'x86_64')
        .level,
    ).toBe('high');
  });

  test('an advisory about another kernel stream does not concern the image', () => {
    const index = rpm(
      { name: 'kernel', version: '1:6.1.140-1' },
      { name: 'kernel-tools', version: '6.12.20-1' },
    );
    const fixes = [
      { name: 'kernel6.12', version: '6.12.30-1' },
      { name: 'kernel-tools', version: '6.12.30-1' },
    ];
    expect(advisoriesForInventory(index, [anAdvisory({ fixes })], 'x86_64').level).toBe('none');
  });

  test('with kernels of two streams each tool is compared with fixes of its own stream alone', () => {
    const index = rpm(
      { name: 'kernel', version: '1:6.1.159-182.297.amzn2023' },
      { name: 'kernel6.12', version: '1:6.12.30-1' },
      { name: 'kernel-tools', version: '1:6.1.159-182.297.amzn2023' },
    );
    const about = (...fixes: { name: string; version: string }[]) =>
      advisoriesForInventory(index, [anAdvisory({ fixes })], 'x86_64').advisories.flatMap(({ packages }) =>
        packages.map(({ name }) => name),
      );
    const tools = (version: string) => ({ name: 'kernel-tools', version });
    expect(about({ name: 'kernel6.12', version: '1:6.12.40-1' }, tools('1:6.12.40-1'))).toEqual([
      'kernel6.12',
    ]);
    expect(about({ name: 'kernel', version: '1:6.1.160-1' }, tools('1:6.1.160-1'))).toEqual([
      'kernel',
      'kernel-tools',
    ]);
  });

  test.each([
    [
      'another major stream of nodejs',
      'nodejs',
      '1:18.20.2-1.module+el9.4.0+1+a',
      '1:20.11.1-1.module+el9.4.0+1+a',
      'none',
    ],
    [
      'the same stream of nodejs',
      'nodejs',
      '1:18.19.0-1.module+el9.4.0+1+a',
      '1:18.20.2-1.module+el9.4.0+1+a',
      'high',
    ],
    [
      'another minor stream of php',
      'php',
      '8.1.27-1.module+el9.4.0+1+a',
      '8.2.13-1.module+el9.4.0+1+a',
      'none',
    ],
    ['the same stream of php', 'php', '8.1.20-1.module+el9.4.0+1+a', '8.1.27-1.module+el9.4.0+1+a', 'high'],
    ['a package that is of no module', 'nodejs', '1:16.20.2-4.el9_3', '1:16.20.2-8.el9_4', 'high'],
  ] as const)('%s: %s %s with a fix in %s is %s', (_, name, installed, fixed, level) => {
    const fixes = [
      { name, version: fixed },
      { name: 'npm', version: '1:10.2.4-1.20.11.1.1.module+el9.4.0+1+a' },
    ];
    const index = rpm(
      { name, version: installed },
      { name: 'npm', version: '1:10.1.0-1.module+el9.4.0+1+a' },
    );
    const open = advisoriesForInventory(index, [anAdvisory({ fixes })], 'x86_64');
    expect(open.level).toBe(level);
  });

  test('advisories of source packages match by source where the list tells it, else by name', () => {
    const fixes = [{ name: 'openssl', version: '3.0.11-1~deb12u2', of: 'source' }] as const;
    const library = {
      name: 'libssl3',
      version: '3.0.11-1~deb12u1',
      source: 'openssl',
      sourceVersion: '3.0.11-1~deb12u1',
    };
    const advisory = anAdvisory({ fixes });
    expect(advisoriesForInventory(deb(library), [advisory], 'x86_64').advisories[0]?.packages[0]?.name).toBe(
      'libssl3',
    );
    expect(
      advisoriesForInventory(deb({ name: 'openssl', version: '3.0.11-1~deb12u1' }), [advisory], 'x86_64')
        .level,
    ).toBe('high');
    expect(
      advisoriesForInventory(deb({ name: 'libssl3', version: '3.0.11-1~deb12u1' }), [advisory], 'x86_64')
        .level,
    ).toBe('none');
  });

  test('the kernel of Ubuntu, whose every build has another name', () => {
    const index = deb({ name: 'linux-image-6.8.0-1012-aws', version: '6.8.0-1012.13' });
    const fixes = [{ name: 'linux-image-6.8.0-1016-aws', version: '6.8.0-1016.17' }];
    expect(advisoriesForInventory(index, [anAdvisory({ fixes })], 'x86_64').level).toBe('high');
  });

  test('a list that gives no epochs is compared without them', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ name: `p${i}`, version: '1-1' }));
    const openssl = { name: 'openssl', version: '3.2.2-1.amzn2023.0.4' };
    const fixes = [{ name: 'openssl', version: '1:3.2.2-1.amzn2023.0.4' }];
    expect(advisoriesForInventory(rpm(...many, openssl), [anAdvisory({ fixes })], 'x86_64').level).toBe(
      'none',
    );
    const withEpochs = rpm(...many, openssl, { name: 'dbus', version: '1:1.12-1' });
    expect(advisoriesForInventory(withEpochs, [anAdvisory({ fixes })], 'x86_64').level).toBe('high');
  });
});

test.each([
  ['linux-image-6.8.0-1012-aws', 'linux-image-*-aws'],
  ['linux-aws-5.15-headers-5.15.0-1069', 'linux-aws-5.15-headers-*'],
  ['linux-image-6.1.0-25-amd64', 'linux-image-*-amd64'],
  ['linux-image-6.12.38+deb13-amd64', 'linux-image-*-amd64'],
  ['linux-libc-dev', 'linux-libc-dev'],
  ['python3.12', 'python3.12'],
])('%s is of the line %s', (name, line) => {
  expect(lineOf(name)).toBe(line);
});

describe('inferFixed', () => {
  const installed = rpm(libxml2('2.10.4-1.amzn2023.0.9'));
  const ask = (published?: string) => {
    const { published: minute, ...undated } = anAdvisory();
    expect(minute).toBeDefined();
    const advisory = published === undefined ? undated : { ...undated, published: Date.parse(published) };
    const dates = { from: day('2026-01-05'), to: day('2026-01-20') };
    return inferFixed({ installed, architecture: 'x86_64', advisories: [advisory], ...dates }).map(
      ({ by, packages }) => [by, packages],
    );
  };

  test.each([
    '2026-01-05T08:00:00Z',
    '2026-01-12T08:00:00Z',
    '2026-01-20T23:00:00Z',
    '2026-01-23T08:00:00Z',
    '2026-01-27T23:00:00Z',
  ])('takes what was published between the images, or a week after the newer one: %s', (at) => {
    expect(ask(at)).toEqual([['date', ['libxml2']]]);
  });

  test.each(['2026-01-03T08:00:00Z', '2026-01-28T08:00:00Z', undefined])(
    'leaves out what was published at %s',
    (at) => {
      expect(ask(at)).toEqual([]);
    },
  );
});
