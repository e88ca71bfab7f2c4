import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import { chooseImage } from '../../../src/core/base-images/chooseImage.ts';
import type { ImageCandidate } from '../../../src/core/base-images/chooseImage.ts';
import { matchesGlob } from '../../../src/core/base-images/matchesGlob.ts';

const now = Date.parse('2026-02-01T00:00:00Z');
const rhel = BASE_IMAGES.find(({ name }) => name === 'rhel-9')!;
const rule = { base: rhel, architecture: 'x86_64', account: '123456789012', now } as const;

const anImage = (over: Partial<ImageCandidate> = {}): ImageCandidate => ({
  imageId: 'ami-1',
  name: 'RHEL-9.6.0_HVM-20251201-x86_64-0-Hourly2-GP3',
  creationDate: '2025-12-01T10:00:00.000Z',
  ownerId: '309956199498',
  architecture: 'x86_64',
  state: 'available',
  ...over,
});

describe('chooseImage', () => {
  test('takes the newest', () => {
    const older = anImage({ imageId: 'ami-2', creationDate: '2025-11-01T10:00:00.000Z' });
    expect(chooseImage([older, anImage()], rule)).toEqual({ image: anImage(), rejected: [] });
  });

  test.each([
    ['another owner', { ownerId: '679593333241' }, 'its owner is 679593333241, not 309956199498'],
    [
      'another name',
      { name: 'RHEL-8.9.0_HVM-20251201-x86_64-0-Hourly2-GP3' },
      'its name does not match RHEL-9.*_HVM*-x86_64-*-Hourly2-GP3',
    ],
    ['another architecture', { architecture: 'arm64' }, 'its architecture is arm64, not x86_64'],
    ['pending', { state: 'pending' }, 'its state is pending'],
    [
      'a beta',
      { name: 'RHEL-9.7.0_HVM_Beta-20260101-x86_64-0-Hourly2-GP3' },
      'its name says that it is a preview',
    ],
    [
      'deprecated',
      { deprecationTime: '2026-02-01T00:00:00.000Z' },
      'it is deprecated since 2026-02-01T00:00:00.000Z',
    ],
    ['forbidden', { imageAllowed: false }, "the account's Allowed AMIs setting forbids it"],
    ['a bad date', { creationDate: 'soon' }, 'its creation date "soon" cannot be read'],
  ])('leaves out %s', (_, over, because) => {
    expect(chooseImage([anImage(over)], rule)).toEqual({
      image: null,
      rejected: [{ imageId: 'ami-1', because }],
    });
  });

  test('a deprecation in the future does not count yet, and an allowed image is allowed', () => {
    const image = anImage({ deprecationTime: '2027-12-01T00:00:00.000Z', imageAllowed: true });
    expect(chooseImage([image], rule).image).toBe(image);
  });

  test('a refreshed image of an older point release is not an update', () => {
    const refreshed = anImage({
      imageId: 'ami-3',
      name: 'RHEL-9.4.0_HVM-20260115-x86_64-41-Hourly2-GP3',
      creationDate: '2026-01-15T10:00:00.000Z',
    });
    const tenth = anImage({ imageId: 'ami-4', name: 'RHEL-9.10.0_HVM-20251130-x86_64-0-Hourly2-GP3' });
    expect(chooseImage([refreshed, anImage()], rule).image?.imageId).toBe('ami-1');
    expect(chooseImage([refreshed, anImage(), tenth], rule).image?.imageId).toBe('ami-4');
  });

  test('an own golden image is looked up by the account itself', () => {
    const base = {
      ...rhel,
      family: 'custom',
      source: { kind: 'filter', owner: 'self', patterns: { x86_64: 'golden-*' } },
    } as const;
    const mine = anImage({ name: 'golden-7', ownerId: '123456789012' });
    expect(chooseImage([anImage({ name: 'golden-8' }), mine], { ...rule, base }).image).toBe(mine);
  });

  test.each(['golden-daily-7', 'golden-rc1', 'testing 7', 'our-beta'])(
    'what an account calls its own images is its own affair: %s',
    (name) => {
      const source = { kind: 'filter', owner: 'self', patterns: { x86_64: '*' } } as const;
      const mine = anImage({ name, ownerId: '123456789012' });
      expect(chooseImage([mine], { ...rule, base: { ...rhel, source } }).image).toBe(mine);
    },
  );

  test('a preview is taken by a pattern that asks for such ones, and no other kind of preview', () => {
    const owner = '309956199498';
    const source = { kind: 'filter', owner, patterns: { x86_64: 'RHEL-9.*_Beta-*' } } as const;
    const beta = anImage({ name: 'RHEL-9.7.0_HVM_Beta-20260101-x86_64-0-Hourly2-GP3' });
    const daily = anImage({ name: 'RHEL-9.7.0_HVM_Beta-daily-x86_64-0-Hourly2-GP3', imageId: 'ami-2' });
    expect(chooseImage([beta, daily], { ...rule, base: { ...rhel, source } })).toEqual({
      image: beta,
      rejected: [{ imageId: 'ami-2', because: 'its name says that it is a preview' }],
    });
  });

  test('the choice does not depend on the order of the answer', () => {
    const image = fc.record({
      imageId: fc.constantFrom('ami-1', 'ami-2', 'ami-3'),
      name: fc.constantFrom(
        'RHEL-9.6.0_HVM-20251201-x86_64-0-Hourly2-GP3',
        'RHEL-9.6.0_HVM-20251201-x86_64-1-Hourly2-GP3',
      ),
      creationDate: fc.constantFrom(
        '2025-12-01T10:00:00.000Z',
        '2025-12-01T10:00:00Z',
        '2025-12-02T10:00:00.000Z',
      ),
    });
    const images = fc.uniqueArray(image, { selector: ({ imageId }) => imageId, maxLength: 3 });
    fc.assert(
      fc.property(images, (chosen) => {
        const candidates = chosen.map((over) => anImage(over));
        expect(chooseImage(candidates, rule).image).toEqual(chooseImage(candidates.toReversed(), rule).image);
      }),
    );
  });
});

describe('matchesGlob', () => {
  test.each([
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['v????????-x', 'v20240808-x', true],
    ['v????????-x', 'v2024-x', false],
    ['a.c', 'abc', false],
    ['*a*b', 'xaxbxb', true],
    ['AlmaLinux OS 9.* x86_64', 'AlmaLinux OS 9.4.20240507 x86_64', true],
    ['AlmaLinux OS 9.* x86_64', 'AlmaLinux OS Kitten 10.20260727.0 x86_64', false],
  ])('%s on %s: %s', (pattern, text, matches) => {
    expect(matchesGlob(pattern, text)).toBe(matches);
  });

  test('takes no longer than pattern times text', () => {
    expect(matchesGlob('*a'.repeat(60), 'a'.repeat(59).concat('b'.repeat(60)))).toBe(false);
  });

  test('agrees with the regular expression of the same meaning', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 }),
        letters,
        (pattern, text) => {
          const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
          expect(matchesGlob(pattern, text)).toBe(same.test(text));
        },
      ),
    );
  });
});
