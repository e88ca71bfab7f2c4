import { expect, test } from 'vitest';
import { checkBaseImages } from '../../src/app/checkBaseImages.ts';
import { releaseIn } from '../../src/core/base-images/releaseOf.ts';
import type { TrackedBaseImage } from '../../src/core/base-images/trackedBaseImage.ts';
import { stepsOf } from '../../src/core/evidence/comparisons.ts';
import { ARCHITECTURES } from '../../src/core/words.ts';
import { newWorld, SETTINGS, START } from './world.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-southeast-2'];
const NAMING: Pick<TrackedBaseImage, 'family' | 'own'> = { family: 'custom', own: true };

/** A deployment in four regions that tracks the account's golden image. */
async function aWorld() {
  const world = newWorld({
    policy: {
      baseImages: [
        {
          name: 'golden',
          source: {
            kind: 'own-parameter',
            parameters: { x86_64: '/golden/x86_64', arm64: '/golden/arm64' },
          },
          ...{ architectures: ARCHITECTURES, like: null, operatingSystem: null, endOfLife: null },
        },
      ],
    },
  });
  await world.prepare([]);
  const { services, baseImageSource } = world;
  const regions = REGIONS.map((name) => ({ ...SETTINGS.regions[0]!, name }));
  const publish = (day: string, ids: string) =>
    REGIONS.forEach((region, i) =>
      ARCHITECTURES.forEach((architecture, j) => {
        const image = { imageId: `ami-${ids}${i}${j}`, name: `golden-${day}-${architecture}` };
        const { imageId, name: imageName } = image;
        const release = releaseIn(NAMING, image).name;
        // A copy is a little younger than what it was copied from.
        const imageCreatedAt = START + i * 3_600_000;
        baseImageSource.publish({
          ...{ base: 'golden', region, architecture },
          ...{ imageId, imageName, release, imageCreatedAt },
        });
      }),
    );
  return {
    publish,
    baseImages: services.baseImages,
    scan: () => checkBaseImages({}, { ...services, settings: { ...services.settings, regions } }),
  };
}

test('the same golden image in four regions and for two architectures is one update, seen eight times', async () => {
  const { publish, scan, baseImages } = await aWorld();
  publish('2026-01-01', 'a');
  await scan();
  publish('2026-02-01', 'b');
  expect((await scan()).updates).toHaveLength(8);
  const updates = await baseImages.updates('golden');
  expect(updates.map(({ release }) => release)).toEqual(['golden-2026-02-01']);
  expect(updates[0]?.observations).toHaveLength(8);
  // What changes in a region changes in the others: it is compared once for each architecture.
  expect(stepsOf(updates[0]!)).toHaveLength(2);
  expect((await scan()).updates).toEqual([]);
});

test('a golden image made anew under its old name is an update in each place', async () => {
  const { publish, scan, baseImages } = await aWorld();
  publish('latest', 'a');
  await scan();
  for (const [turn, ids] of ['b', 'c'].entries()) {
    publish('latest', ids);
    await scan();
    expect((await scan()).updates).toEqual([]);
    expect(await baseImages.updates('golden')).toHaveLength(8 * (turn + 1));
  }
});
