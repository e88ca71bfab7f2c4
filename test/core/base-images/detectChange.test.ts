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
