import { describe, expect, test } from 'vitest';
import { BASE_IMAGES } from '../../../src/core/base-images/catalogue.ts';
import type { ImageCandidate } from '../../../src/core/base-images/chooseImage.ts';
import { foundImage } from '../../../src/core/base-images/foundImage.ts';
import { architectureIn, imageCalled, seenImages } from '../../../src/core/base-images/imageCalled.ts';
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
  expect(never).toMatchObject({
    ...{ imageId: null, architecture: 'x86_64' },
    release: { name: '2023.9.20251208', kernel: '6.1' },
  });
  expect(imageCalled(AL2023, name('2023.9.20251208', 'arm64'), SEEN)?.architecture).toBe('arm64');
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

test.each([
  ['Rocky-9-EC2-Base-9.6-20250531.0.aarch64', 'arm64'],
  ['ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240927.1', 'x86_64'],
  ['suse-sles-15-sp6-v20240808-hvm-ssd-arm64', 'arm64'],
  ['Windows_Server-2022-English-Full-Base-2026.01.14', undefined],
] as const)('%s tells its architecture: %s', (image, architecture) => {
  expect(architectureIn(image)).toBe(architecture);
});

describe('an image that EC2 shows', () => {
  const base = (called: string) => BASE_IMAGES.find((one) => one.name === called)!;
  const rocky: ImageCandidate = {
    imageId: 'ami-0000000000000000a',
    name: 'Rocky-9-EC2-Base-9.6-20250531.0.aarch64',
    creationDate: '2025-05-31T10:00:00.000Z',
    ownerId: '792107900819',
    architecture: 'arm64',
    state: 'available',
    deprecationTime: '2025-09-01T00:00:00.000Z',
  };

  test('is one of a base if owner and name say so, deprecated or not', () => {
    expect(foundImage(base('rocky-9'), rocky)).toEqual({
      ...{ architecture: 'arm64', imageId: rocky.imageId, imageName: rocky.name },
      ...{ release: '9.6-20250531.0', createdAt: Date.parse(rocky.creationDate) },
    });
  });

  test.each([
    ['rocky-9', { ownerId: '679593333241' }, 'its owner is 679593333241, not 792107900819'],
    ['rocky-8', {}, `its name ${rocky.name} does not match Rocky-8-EC2-Base-8.*.aarch64`],
    ['rocky-9', { architecture: 'x86_64_mac' }, 'its architecture is x86_64_mac'],
    ['ubuntu-24.04', {}, `its name ${rocky.name} is not one that its upstream gives`],
  ])('is none of %s with %o', (called, over, because) => {
    expect(foundImage(base(called), { ...rocky, ...over })).toBe(because);
  });

  test('may bear any name if the base is an own one', () => {
    const own = { ...base('ubuntu-24.04'), own: true } as const;
    expect(foundImage(own, { ...rocky, name: 'golden-7-arm64' })).toMatchObject({ release: 'golden-7' });
  });
});

test('what is none of them is not guessed', () => {
  for (const text of ['ami-0f00000000000009', 'newest', '', '2023.9', name('x')])
    expect(imageCalled(AL2023, text, SEEN)).toBeUndefined();
  expect(imageCalled(AL2023, '2023.9.20251208', [])).toBeUndefined();
  expect(imageCalled({ family: 'custom' }, 'golden-3', SEEN)).toBeUndefined();
});
