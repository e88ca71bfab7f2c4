import { expect, test } from 'vitest';
import { imageCalled, seenImages } from '../../../src/core/base-images/imageCalled.ts';
import type { Observation } from '../../../src/core/base-images/pointer.ts';
import type { Architecture } from '../../../src/core/words.ts';

const name = (release: string, architecture: Architecture = 'x86_64') =>
  `al2023-ami-${release}.0-kernel-6.1-${architecture}`;

const step = (architecture: Architecture, ids: readonly [string, string]): Observation => ({
  base: 'amazon-linux-2023',
  region: 'us-east-1',
  architecture,
  release: '2023.10.20260120',
  previousImageId: ids[0],
  previousImageName: name('2023.10.20260105', architecture),
  previousRelease: '2023.10.20260105',
  imageId: ids[1],
  imageName: name('2023.10.20260120', architecture),
  seenAt: 1,
});

const SEEN = seenImages(
  [],
  [
    {
      base: 'amazon-linux-2023',
      release: '2023.10.20260120',
      firstSeenAt: 1,
      observations: [step('arm64', ['ami-a1', 'ami-a2']), step('x86_64', ['ami-x1', 'ami-x2'])],
    },
  ],
);
const AL2023 = { family: 'amazon-linux-2023' } as const;

test('an image is called by its id, whatever its architecture', () => {
  expect(imageCalled(AL2023, 'ami-a1', SEEN)).toMatchObject({
    imageId: 'ami-a1',
    architecture: 'arm64',
    release: { name: '2023.10.20260105' },
  });
});

test('or by its name, seen or not', () => {
  expect(imageCalled(AL2023, name('2023.10.20260120', 'arm64'), SEEN)?.imageId).toBe('ami-a2');
  const never = imageCalled(AL2023, name('2023.9.20251208'), SEEN);
  expect(never).toMatchObject({ imageId: null, release: { name: '2023.9.20251208', kernel: '6.1' } });
});

test('or by its release: x86_64 if nobody says otherwise', () => {
  expect(imageCalled(AL2023, '2023.10.20260120', SEEN)?.imageId).toBe('ami-x2');
  expect(imageCalled(AL2023, '2023.10.20260120', SEEN, 'arm64')?.imageId).toBe('ami-a2');
});

test('a release that was never seen has the name that its upstream gives it', () => {
  expect(imageCalled(AL2023, '2023.9.20251208', SEEN)).toMatchObject({
    imageId: null,
    name: name('2023.9.20251208'),
    release: { name: '2023.9.20251208', date: '20251208' },
  });
});

test('what is none of them is not guessed', () => {
  for (const text of ['ami-0f00000000000009', 'newest', '', '2023.9', name('x')])
    expect(imageCalled(AL2023, text, SEEN)).toBeUndefined();
  expect(imageCalled(AL2023, '2023.9.20251208', [])).toBeUndefined();
  expect(imageCalled({ family: 'custom' }, 'golden-3', SEEN)).toBeUndefined();
});
