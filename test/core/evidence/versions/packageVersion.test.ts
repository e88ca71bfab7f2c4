import { describe, expect, test } from 'vitest';
import { parseNamedVersion } from '../../../../src/core/evidence/versions/nevra.ts';
import { compareVersions, isOlder } from '../../../../src/core/evidence/versions/packageVersion.ts';

describe('compareVersions', () => {
  test.each([
    ['rpm', '1.0^git1', '1.0', 1],
    ['deb', '1.0^git1', '1.0', 1],
    ['rpm', '1.1a-1', '1.1-1', 1],
    ['rpm', 'a-1', '1-1', -1],
    ['deb', 'a-1', '1-1', 1],
  ] as const)('%s: %s against %s: %d', (format, a, b, order) => {
    expect(compareVersions(format, a, b)).toBe(order);
  });
});

describe('isOlder', () => {
  test.each([
    ['3.0.8-1.amzn2023.0.16', '3.0.8-1.amzn2023.0.18', true, true],
    ['3.0.8-1.amzn2023.0.18', '3.0.8-1.amzn2023.0.18', true, false],
    ['3.0.8', '3.0.8-1.amzn2023.0.18', true, false],
    ['3.0.7', '3.0.8-1.amzn2023.0.18', true, true],
    ['3.0.8-1.amzn2023.0.18', '1:3.0.8-1.amzn2023.0.18', true, true],
    ['3.0.8-1.amzn2023.0.18', '1:3.0.8-1.amzn2023.0.18', false, false],
    ['3.0.8-1.amzn2023.0.16', '1:3.0.8-1.amzn2023.0.18', false, true],
  ])('rpm: %s before %s (epochs given: %s): %s', (installed, fixed, epochs, older) => {
    expect(isOlder('rpm', installed, fixed, epochs)).toBe(older);
  });

  test('deb', () => {
    expect(isOlder('deb', '3.0.2-0ubuntu1.17', '3.0.2-0ubuntu1.18')).toBe(true);
    expect(isOlder('deb', '3.0.2-0ubuntu1.18', '3.0.2-0ubuntu1.18')).toBe(false);
  });
});

describe('parseNamedVersion', () => {
  test.each([
    ['libxml2-2.10.4-1.amzn2023.0.15', 'libxml2', '2.10.4-1.amzn2023.0.15'],
    ['kernel-1:6.1.159-182.297.amzn2023', 'kernel', '1:6.1.159-182.297.amzn2023'],
    ['kernel6.12-tools-1:6.12.64-87.122.amzn2023', 'kernel6.12-tools', '1:6.12.64-87.122.amzn2023'],
    ['awscli-2-2.27.57-1.amzn2023.0.1', 'awscli-2', '2.27.57-1.amzn2023.0.1'],
    ['libstdc++-11.5.0-5.amzn2023.0.5', 'libstdc++', '11.5.0-5.amzn2023.0.5'],
    [
      'egl-wayland2-1.0.1~20251112git0c15809-6.amzn2023',
      'egl-wayland2',
      '1.0.1~20251112git0c15809-6.amzn2023',
    ],
    ['system-release-2023.10.20260120-0.amzn2023', 'system-release', '2023.10.20260120-0.amzn2023'],
  ])('%s', (text, name, version) => {
    expect(parseNamedVersion(text)).toEqual({ name, version });
  });

  test.each(['', '---', 'Package', 'two words-1-1', 'a-1', '-1-1', `a-${'1'.repeat(600)}-1`])(
    '%j is no package',
    (text) => {
      expect(parseNamedVersion(text)).toBeUndefined();
    },
  );
});
