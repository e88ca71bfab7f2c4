import { describe, expect, test } from 'vitest';
import * as names from '../../../src/core/template/names.ts';
import type { NameRule } from '../../../src/core/template/names.ts';
import type { PackageList } from '../../../src/core/template/template.ts';

const METACHARACTERS = [' ', '$', '`', '"', "'", '\\', ';', '&', '(', ')', '\n', '#', '{', '}', '?'];

const rules: readonly (readonly [string, NameRule, readonly string[], readonly string[]])[] = [
  [
    'slug',
    names.SLUG,
    ['a', 'python-ml', '3d-slicer', 'a'.repeat(40)],
    ['', '-a', 'A', 'a_b', 'a.b', 'a'.repeat(41)],
  ],
  ['base', names.BASE_NAME, ['ubuntu-22.04', 'ami-based', 'python-ml'], ['Ubuntu', '-x', 'a b']],
  ['user', names.USER_NAME, ['ubuntu', '_apt', 'ec2-user'], ['1a', 'Ann', '-a', 'a.b', 'a'.repeat(33)]],
  [
    'service',
    names.SERVICE_NAME,
    ['docker', 'rstudio-server', 'getty@tty1', 'a.timer'],
    ['-a', '.a', '../a', 'a/b'],
  ],
  ['path', names.ABSOLUTE_PATH, ['/bin/bash', '/usr/bin/zsh-5.9'], ['bash', '/', '/bin/', '//x']],
  [
    'type',
    names.INSTANCE_TYPE,
    ['m7i.large', 'u-6tb1.metal', 'g4dn.12xlarge'],
    ['large', 'm7i', 'M7i.large'],
  ],
  [
    'ami',
    names.AMI_ID,
    ['ami-0abcdef1234567890', 'ami-12345678'],
    ['ami-xyz', 'ami-1', 'i-0abcdef1234567890'],
  ],
  [
    'component',
    names.COMPONENT_ARN,
    [
      'arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x',
      'arn:aws:imagebuilder:eu-west-1:123456789012:component/mine/1.0.0/2',
      'arn:aws-us-gov:imagebuilder:us-gov-west-1:123456789012:component/mine/1.x.x',
    ],
    [
      'arn:aws:imagebuilder:us-east-1:aws:image/x/x.x.x',
      'arn:aws:imagebuilder:us-east-1:12:component/a/1.0.0',
    ],
  ],
];

describe.each(rules)('%s', (_, rule, good, bad) => {
  test.each(good)('takes %s', (word) => expect(rule.pattern.test(word)).toBe(true));
  test.each(bad)('refuses %s', (word) => expect(rule.pattern.test(word)).toBe(false));
  test.each(METACHARACTERS)('refuses what holds %j', (character) => {
    for (const word of good) {
      expect(rule.pattern.test(`${word}${character}`)).toBe(false);
      expect(rule.pattern.test(`${word}${character}x`)).toBe(false);
    }
  });
});

const packages: Readonly<Record<PackageList, readonly [readonly string[], readonly string[]]>> = {
  apt: [
    ['git', 'g++', 'r-base=4.3.1-1ubuntu1', 'wine:i386', 'nginx/jammy-updates', 'libstdc++6', 'python3.11'],
    ['git-', 'Git', '-y', '--reinstall', 'a', '/tmp/x.deb', './x.deb', 'git,vim', 'http://x/y.deb'],
  ],
  dnf: [
    [
      'git',
      '@development-tools',
      'java-21-amazon-corretto-devel',
      'ImageMagick',
      'python3.11-3.11.6-1.amzn2023',
      'gcc-c++',
    ],
    ['-y', 'git-', '/tmp/x.rpm', '@', 'https://x/y.rpm', '*'],
  ],
  system: [
    ['git', 'g++', 'ImageMagick', '@development-tools'],
    ['-y', 'git-', '/x', 'a b'],
  ],
  conda: [
    [
      'numpy',
      'python=3.11',
      'numpy>=1.26,<2',
      'conda-forge::r-base=4.3',
      'pytorch/linux-64::torch',
      'cuda=12.0=h1_0',
      'a==1.*',
    ],
    ['-y', '--file', 'numpy >1', 'a=', 'a::', './a.conda', 'a;b'],
  ],
  pip: [
    [
      'numpy',
      'torch==2.4.*',
      'uvicorn[standard]>=0.30',
      'Django~=5.0',
      'a[b,c]',
      'zope.interface',
      'x===1.0',
    ],
    ['-r', '--index-url', 'git+https://x/y', 'a @ file', 'a;b', 'a[', './a', 'a=1', 'a-'],
  ],
};

describe.each(Object.entries(packages))('%s packages', (list, [good, bad]) => {
  const { pattern } = names.PACKAGE_NAME[list as PackageList];
  test.each(good)('takes %s', (word) => expect(pattern.test(word)).toBe(true));
  test.each(bad)('refuses %s', (word) => expect(pattern.test(word)).toBe(false));
  test.each(METACHARACTERS)('refuses what holds %j', (character) => {
    for (const word of good) expect(pattern.test(`${word}${character}x`)).toBe(false);
  });
  test('are matched in no time, however they are made', () => {
    const started = performance.now();
    for (const part of ['a', 'a-', 'a.', '=1,', '[a,', 'a::', '+'])
      expect(pattern.test(`${part.repeat(100)};`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test.each<[PackageList, string, string]>([
  ['apt', 'r-base=4.3', 'r-base'],
  ['apt', 'g++', 'g++'],
  ['conda', 'conda-forge::Python>=3.11', 'python'],
  ['conda', 'scikit_learn', 'scikit-learn'],
  ['pip', 'uvicorn[standard]>=0.30', 'uvicorn'],
])('packageKey(%s, %s) is %s', (list, spec, key) => expect(names.packageKey(list, spec)).toBe(key));

test.each([
  ['Ubuntu 22.04 Server', 'ubuntu-2204-server'],
  ['Python ML (AMI Optimized)', 'python-ml-ami-optimized'],
  ['  --  ', ''],
  ['日本語', ''],
  ['A name that is a good deal longer than forty characters', 'a-name-that-is-a-good-deal-longer-than-f'],
])('slugFromName(%j) is %j', (name, slug) => expect(names.slugFromName(name)).toBe(slug));
