import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arnOf,
  compareVersions,
  matchesVersion,
  nextVersion,
  parseArn,
  parseVersion,
  slug,
} from '../../../../local/image-builder/resources/names.ts';

const node = fc.nat({ max: 1_073_741_823 });
const version = fc.tuple(node, node, node).map((nodes) => nodes.join('.'));
const name = fc.stringMatching(/^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,40}[-_A-Za-z0-9]$/);
const place = { account: '111122223333', region: 'eu-central-1' };

test('a name becomes a lower-case slug that stays as it is', () => {
  fc.assert(
    fc.property(name, (text) => {
      expect(slug(text)).toMatch(/^[a-z0-9-]+$/);
      expect(slug(slug(text))).toBe(slug(text));
    }),
  );
});

test('an ARN comes apart into what it was made of', () => {
  fc.assert(
    fc.property(name, version, fc.integer({ min: 1, max: 999 }), (text, semantic, build) => {
      expect(parseArn(arnOf(place, 'component', slug(text), semantic, build))).toEqual({
        region: place.region,
        owner: place.account,
        kind: 'component',
        name: slug(text),
        version: semantic,
        build,
      });
    }),
  );
});

test('the order of versions is total and by number', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const order = compareVersions(parseVersion(a), parseVersion(b));
      expect(Math.sign(order)).toBe(-Math.sign(compareVersions(parseVersion(b), parseVersion(a))) + 0);
      expect(order === 0).toBe(a === b);
    }),
  );
  expect(compareVersions(parseVersion('2023.9.0'), parseVersion('2023.10.0'))).toBeLessThan(0);
});

describe('the next version of a pattern', () => {
  test('is new, fits the pattern and is above every version that fits', () => {
    const small = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)).map((nodes) => nodes.join('.'));
    const pattern = fc.constantFrom('1.0.x', '1.x.x', 'x.x.x', '3.2.x');
    fc.assert(
      fc.property(fc.array(small), pattern, (existing, wild) => {
        const next = nextVersion(wild, existing);
        expect(existing).not.toContain(next);
        expect(matchesVersion(wild, next)).toBe(true);
        for (const each of existing.filter((old) => matchesVersion(wild, old))) {
          expect(compareVersions(parseVersion(next), parseVersion(each))).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('is the version itself without a wildcard', () => {
    expect(nextVersion('2023.12.20260727', ['2023.12.20260727'])).toBe('2023.12.20260727');
  });
});
