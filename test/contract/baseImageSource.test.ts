import { expect, test } from 'vitest';
import { releaseIn } from '../../src/core/base-images/releaseOf.ts';
import { memoryBaseImageSource } from '../../src/memory/memoryBaseImageSource.ts';
import { amazonLinux, anImageId, baseImageSourceContract, GOLDEN, REGION } from './baseImageSource.ts';
import type { Publication } from './baseImageSource.ts';

const sighted = ({ base, architecture, imageId, name, creationDate }: Publication) => ({
  base: base.name,
  region: REGION,
  architecture,
  imageId,
  imageName: name,
  release: releaseIn(base, { imageId, name, creationDate }).name,
  imageCreatedAt: Date.parse(creationDate),
});

baseImageSourceContract(async () => {
  const source = memoryBaseImageSource({ now: Date.now });
  return {
    source,
    owner: '792107900819',
    publish: async (publication) => source.publish(sighted(publication)),
  };
});

test('in memory a source can fail, and every look is kept', async () => {
  const source = memoryBaseImageSource({ now: Date.now });
  const publication = { base: GOLDEN, imageId: anImageId(), ...amazonLinux('2023.12.20260727') };
  source.publish(sighted(publication));
  source.breakDown({ base: 'golden', region: REGION, architecture: 'x86_64' }, 'throttled');
  expect((await source.sightings(REGION, [GOLDEN])).problems).toContainEqual({
    base: 'golden',
    architecture: 'x86_64',
    problem: 'throttled',
  });
  source.publish(sighted(publication));
  expect((await source.sightings(REGION, [GOLDEN])).sightings).toHaveLength(1);
  expect(source.looks).toEqual([
    { region: REGION, bases: ['golden'] },
    { region: REGION, bases: ['golden'] },
  ]);
});
