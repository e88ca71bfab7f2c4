import { expect, test } from 'vitest';
import { basesOf } from '../../../src/core/base-images/basesOf.ts';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';

function basesIn(entry: string) {
  const parsed = parsePolicy(`auto_ami_policy:\n  base_images:\n    golden:\n${entry}`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return basesOf(parsed.policy);
}

test('the built-in base images and the own ones of the policy', () => {
  const bases = basesIn('      parameter: /golden/{architecture}\n');
  expect(bases.get('amazon-linux-2023')?.title).toBe('Amazon Linux 2023');
  expect(bases.get('golden')).toEqual({
    name: 'golden',
    title: 'golden',
    family: 'custom',
    own: true,
    source: { kind: 'own-parameter', names: { x86_64: '/golden/x86_64', arm64: '/golden/arm64' } },
    packageManager: 'none',
    evidence: [],
  });
});

test('what is like another has its family, package manager, evidence and end of life, and stays an own one', () => {
  const golden = basesIn(
    '      parameter: /golden/ubuntu\n      architectures: [x86_64]\n      like: ubuntu-22.04\n',
  ).get('golden');
  expect(golden).toMatchObject({
    ...{ family: 'ubuntu', own: true, packageManager: 'apt', endOfLife: '2027-04-01' },
    evidence: ['ubuntu', 'osv'],
  });
});

test('an own one is billed as what it is like, unless it says otherwise', () => {
  const billed = (more: string) =>
    basesIn(`      parameter: /golden/{architecture}\n${more}`).get('golden')?.operatingSystem;
  expect(billed('')).toBeUndefined();
  expect(billed('      like: rocky-9\n')).toBeUndefined();
  expect(billed('      like: rhel-9\n')).toBe('rhel');
  expect(billed('      like: sles-16\n')).toBe('suse');
  expect(billed('      like: rhel-9\n      operating_system: linux\n')).toBe('linux');
  expect(billed('      operating_system: rhel\n')).toBe('rhel');
});

test('a filter serves every architecture it names', () => {
  const golden = basesIn(
    "      owner: '111122223333'\n      name_filter: 'golden-*'\n      architectures: [arm64]\n",
  ).get('golden');
  expect(golden?.source).toEqual({ kind: 'filter', owner: '111122223333', patterns: { arm64: 'golden-*' } });
});
