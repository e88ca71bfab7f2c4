import { describe, expect, test } from 'vitest';
import { detectChange } from '../../../src/core/base-images/detectChange.ts';
import type { BaseImagePointer, BaseImageSighting } from '../../../src/core/base-images/pointer.ts';

const NOON = Date.UTC(2026, 0, 2, 12);

const unversioned: BaseImageSighting = {
  base: 'amazon-linux-2023',
  region: 'us-east-1',
  architecture: 'x86_64',
  imageId: 'ami-0old',
  imageName: 'al2023-ami-2023.9.20251117.1-kernel-6.1-x86_64',
  release: '2023.9.20251117',
};

const seen = (change: Partial<BaseImageSighting>): BaseImageSighting => ({
  ...unversioned,
  parameterVersion: 7,
  ...change,
});

const stored: BaseImagePointer = { ...seen({}), since: NOON };

const PARAMETER = { parameter: '/golden/base', parameterModifiedAt: NOON };
const named: BaseImagePointer = { ...stored, ...PARAMETER };

const moved = {
  imageId: 'ami-0new',
  imageName: 'al2023-ami-2023.9.20251208.0-kernel-6.1-x86_64',
  release: '2023.9.20251208',
};
const next = { ...moved, parameterVersion: 8 };

describe('what a source says of a place', () => {
  test('the first time is a baseline: no update, whatever it is', () => {
    expect(detectChange(undefined, seen({}), NOON)).toEqual({
      kind: 'first',
      writes: [{ kind: 'pointer', after: { ...stored, since: NOON }, expects: null }],
    });
  });

  test('another image of the same name is another update: an owner has made it anew', () => {
    const latest = { imageName: 'golden-latest', release: 'golden-latest' };
    const change = (before: Partial<BaseImagePointer>, id: string) =>
      detectChange(
        { ...stored, ...latest, ...before },
        seen({ ...latest, imageId: id, parameterVersion: 8 }),
        NOON + 1,
      );
    expect(change({}, 'ami-0new')).toMatchObject({
      kind: 'changed',
      writes: [
        { kind: 'pointer', after: { imageId: 'ami-0new', release: 'golden-latest/ami-0new' } },
        { kind: 'update-seen', release: 'golden-latest/ami-0new' },
        {
          kind: 'observation',
          after: { release: 'golden-latest/ami-0new', previousRelease: 'golden-latest' },
        },
      ],
    });
    const renamed = { imageId: 'ami-0new', release: 'golden-latest/ami-0new' };
    expect(change(renamed, 'ami-0newer')).toMatchObject({
      writes: [{ after: { release: 'golden-latest/ami-0newer' } }, {}, {}],
    });
    expect(change({ ...renamed, parameterVersion: 8 }, 'ami-0new')).toEqual({ kind: 'unchanged' });
  });

  test('another image moves the pointer, on what it was, together with its update and its observation', () => {
    const detection = detectChange(stored, seen(next), NOON + 1);
    expect(detection).toMatchObject({
      kind: 'changed',
      writes: [
        {
          kind: 'pointer',
          after: { ...next, since: NOON + 1 },
          expects: { imageId: 'ami-0old', parameterVersion: 7 },
        },
        { kind: 'update-seen', base: stored.base, release: moved.release, at: NOON + 1 },
        {
          kind: 'observation',
          after: { previousImageId: 'ami-0old', previousRelease: stored.release, imageId: 'ami-0new' },
        },
      ],
    });
  });

  test('an older answer than the one that is stored is no update', () => {
    expect(detectChange(stored, seen({ ...moved, parameterVersion: 6 }), NOON)).toEqual({ kind: 'stale' });
  });

  test('an image that comes back under a newer version is one: upstream took the other away', () => {
    const now = { ...stored, ...next };
    const back = seen({ parameterVersion: 9 });
    expect(detectChange(now, back, NOON)).toMatchObject({
      kind: 'changed',
      writes: [
        { after: { imageId: 'ami-0old' }, expects: { imageId: 'ami-0new', parameterVersion: 8 } },
        {},
        {},
      ],
    });
  });

  test('an image of a parameter that was deleted and made anew is a change: its versions began again', () => {
    for (const parameterVersion of [1, 7]) {
      const anew = seen({
        ...moved,
        ...PARAMETER,
        parameterVersion,
        parameterModifiedAt: NOON + 60_000,
      });
      expect(detectChange(named, anew, NOON + 90_000)).toMatchObject({
        kind: 'changed',
        writes: [
          {
            after: { imageId: 'ami-0new', parameterVersion, parameterModifiedAt: NOON + 60_000 },
            expects: { imageId: 'ami-0old', ...PARAMETER, parameterVersion: 7 },
          },
          {},
          {},
        ],
      });
    }
  });

  test('an image of another parameter is a change, whatever its version and date', () => {
    const other = { parameter: '/golden/other', parameterVersion: 2, parameterModifiedAt: NOON - 60_000 };
    expect(detectChange(named, seen({ ...moved, ...other }), NOON)).toMatchObject({
      kind: 'changed',
      writes: [{ after: { imageId: 'ami-0new', ...other } }, {}, {}],
    });
  });

  test.each([
    ['an older version, written before', named, { parameterVersion: 6, parameterModifiedAt: NOON - 60_000 }],
    ['an older version, written at the same moment', named, { parameterVersion: 6 }],
    ['the same version, written at the same moment', named, {}],
    ['an older version of a pointer without name and date', stored, { parameterVersion: 6 }],
  ])('of the same parameter %s is stale', (_, before, answer) => {
    const read = seen({ ...moved, ...PARAMETER, ...answer });
    expect(detectChange(before, read, NOON)).toEqual({ kind: 'stale' });
  });

  test.each([
    ['a pointer that lacks name and date learns them', stored, PARAMETER],
    ['another parameter', named, { ...PARAMETER, parameter: '/golden/other', parameterVersion: 2 }],
    [
      'a parameter that was made anew',
      named,
      { ...PARAMETER, parameterVersion: 1, parameterModifiedAt: NOON + 60_000 },
    ],
  ])('the same image is no news, but what it was read from is noted: %s', (_, before, answer) => {
    const { since } = before;
    expect(detectChange(before, seen(answer), NOON + 90_000)).toMatchObject({
      kind: 'confirmed',
      writes: [{ kind: 'pointer', after: { imageId: 'ami-0old', since, ...answer } }],
    });
  });

  test('the same answer again is no news, and an older one of the same image neither', () => {
    expect(detectChange(named, seen(PARAMETER), NOON)).toEqual({ kind: 'unchanged' });
    const older = seen({ ...PARAMETER, parameterVersion: 6, parameterModifiedAt: NOON - 60_000 });
    expect(detectChange(named, older, NOON)).toEqual({ kind: 'unchanged' });
  });

  test('a source without versions cannot be stale', () => {
    const before: BaseImagePointer = { ...unversioned, since: NOON };
    expect(detectChange(before, { ...unversioned, ...moved }, NOON).kind).toBe('changed');
  });

  test('the same image is no news, but a newer version of its parameter is noted', () => {
    expect(detectChange(stored, seen({}), NOON)).toEqual({ kind: 'unchanged' });
    expect(detectChange(stored, seen({ parameterVersion: 6 }), NOON)).toEqual({ kind: 'unchanged' });
    expect(detectChange(stored, seen({ parameterVersion: 8 }), NOON + 1)).toEqual({
      kind: 'confirmed',
      writes: [
        {
          kind: 'pointer',
          after: { ...stored, parameterVersion: 8 },
          expects: { imageId: 'ami-0old', parameterVersion: 7 },
        },
      ],
    });
  });
});
