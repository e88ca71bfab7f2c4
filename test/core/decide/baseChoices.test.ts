import { describe, expect, test } from 'vitest';
import type {
  BaseImagePointer,
  BaseImageUpdate,
  Observation,
} from '../../../src/core/base-images/pointer.ts';
import {
  baseChoices,
  fixedChoice,
  needsHistory,
  parentChoice,
} from '../../../src/core/decide/baseChoices.ts';
import { DAY } from '../../../src/core/words.ts';
import { TWO_PM } from './builders.ts';

const place = { base: 'al2023', region: 'us-east-1', architecture: 'x86_64' } as const;
const pointer: BaseImagePointer = {
  ...place,
  imageId: 'ami-3',
  imageName: 'al2023-3',
  release: '3',
  since: TWO_PM,
};

function moved(
  from: number,
  to: number,
  seenAt: number,
  changes: Partial<Observation> = {},
): BaseImageUpdate {
  const observation: Observation = {
    ...place,
    release: `${to}`,
    previousImageId: `ami-${from}`,
    previousImageName: `al2023-${from}`,
    previousRelease: `${from}`,
    imageId: `ami-${to}`,
    imageName: `al2023-${to}`,
    seenAt,
    ...changes,
  };
  return { base: 'al2023', release: `${to}`, firstSeenAt: seenAt, observations: [observation] };
}

describe('the images a base stands and stood at', () => {
  test('newest first, the one before the first observed change last, each once', () => {
    const updates = [moved(2, 3, TWO_PM), moved(1, 2, TWO_PM - 5 * DAY)];
    expect(baseChoices(pointer, updates)).toEqual([
      { imageId: 'ami-3', imageName: 'al2023-3', release: '3', since: TWO_PM },
      { imageId: 'ami-2', imageName: 'al2023-2', release: '2', since: TWO_PM - 5 * DAY },
      { imageId: 'ami-1', imageName: 'al2023-1', release: '1', since: 0 },
    ]);
  });

  test('of other places and bases nothing counts', () => {
    const elsewhere = moved(1, 2, TWO_PM, { region: 'us-west-2' });
    const another = { ...moved(1, 2, TWO_PM), base: 'ubuntu-24.04' };
    expect(baseChoices(pointer, [elsewhere, another]).map(({ imageId }) => imageId)).toEqual(['ami-3']);
    expect(baseChoices(undefined, [moved(1, 2, TWO_PM)])).toEqual([]);
  });

  test("the image's own date goes before the day we saw it", () => {
    const dated = { ...pointer, imageCreatedAt: TWO_PM - 2 * DAY };
    const update = moved(2, 3, TWO_PM, {
      imageCreatedAt: TWO_PM - 2 * DAY,
      previousImageCreatedAt: TWO_PM - 9 * DAY,
    });
    expect(baseChoices(dated, [update]).map(({ since }) => since)).toEqual([
      TWO_PM - 2 * DAY,
      TWO_PM - 9 * DAY,
    ]);
  });
});

test('what was there before matters only where the newest may be passed over', () => {
  const blockedImages = [{ imageId: 'ami-3' }];
  expect(needsHistory(pointer, { minimumAge: 0, blockedImages: [] }, TWO_PM)).toBe(false);
  expect(needsHistory(pointer, { minimumAge: DAY, blockedImages: [] }, TWO_PM)).toBe(true);
  expect(needsHistory(pointer, { minimumAge: DAY, blockedImages: [] }, TWO_PM + DAY)).toBe(false);
  expect(needsHistory(pointer, { minimumAge: 0, blockedImages }, TWO_PM)).toBe(true);
});

test("a template on another's AMI has that one, and none before there is one", () => {
  const active = {
    amiId: 'ami-parent',
    fingerprint: 'f',
    baseImageId: 'ami-3',
    baseRelease: '3',
    regionBuild: 'r',
    at: TWO_PM,
  };
  expect(parentChoice('parent', { active })).toEqual([
    { imageId: 'ami-parent', imageName: 'parent', release: '3', since: TWO_PM },
  ]);
  expect(parentChoice('parent', {})).toEqual([]);
});

test('a template of ready-made images names its own', () => {
  const amiConfig = { amis: { 'us-east-1': { x86_64: 'ami-own' } } };
  expect(fixedChoice({ base: 'ami-based', amiConfig }, place)?.map(({ imageId }) => imageId)).toEqual([
    'ami-own',
  ]);
  expect(fixedChoice({ base: 'ami-based', amiConfig }, { ...place, region: 'us-west-2' })).toEqual([]);
  expect(fixedChoice({ base: 'al2023' }, place)).toBeUndefined();
});
