import { expect, test } from 'vitest';
import type { BaseImagePointer } from '../../src/core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../../src/core/base-images/trackedBaseImage.ts';
import type { Architecture } from '../../src/core/words.ts';
import type { BaseImageSource } from '../../src/ports.ts';

/** An image of an upstream, published for one base and architecture in `REGION`. */
export interface Publication {
  readonly base: TrackedBaseImage;
  readonly architecture: Architecture;
  readonly imageId: string;
  readonly name: string;
  readonly creationDate: string;
}

export interface BaseImageSourceWorld {
  readonly source: BaseImageSource;
  /** Owner of the vendor's images in this world. */
  readonly owner: string;
  readonly publish: (publication: Publication) => Promise<void>;
}

export const REGION = 'us-east-1';

/** Read from parameters, of the account's own. */
export const GOLDEN: TrackedBaseImage = {
  name: 'golden',
  title: 'Our golden image',
  family: 'amazon-linux-2023',
  source: { kind: 'own-parameter', names: { x86_64: '/golden/x86_64', arm64: '/golden/arm64' } },
  packageManager: 'dnf',
  evidence: [],
};

/** Found by owner and name. */
export const named = (owner: string): TrackedBaseImage => ({
  name: 'rocky-9',
  title: 'Rocky Linux 9',
  family: 'rocky',
  source: { kind: 'filter', owner, patterns: { x86_64: 'Rocky-9-EC2-Base-9.*.x86_64' } },
  packageManager: 'dnf',
  evidence: [],
});

export const rocky = (release: string): Pick<Publication, 'architecture' | 'name' | 'creationDate'> => ({
  architecture: 'x86_64',
  name: `Rocky-9-EC2-Base-${release}.x86_64`,
  creationDate: '2026-07-20T10:00:00.000Z',
});

let images = 0;
/** Ids of images differ between tests, which share the vendors. */
export const anImageId = (): string =>
  `ami-${(Date.now() * 1_000 + (images += 1)).toString(16).padStart(17, '0').slice(-17)}`;

export const amazonLinux = (
  release: string,
  architecture: Architecture = 'x86_64',
): Pick<Publication, 'architecture' | 'name' | 'creationDate'> => ({
  architecture,
  name: `al2023-ami-${release}.0-kernel-6.1-${architecture}`,
  creationDate: '2026-07-24T08:30:00.000Z',
});

export function baseImageSourceContract(aWorld: () => Promise<BaseImageSourceWorld>): void {
  test('each architecture of a parameter is told with its release, its date and the parameter, as it was written', async () => {
    const { source, publish } = await aWorld();
    const [x86, arm] = [anImageId(), anImageId()];
    await publish({ base: GOLDEN, imageId: x86, ...amazonLinux('2023.12.20260727') });
    await publish({ base: GOLDEN, imageId: arm, ...amazonLinux('2023.12.20260727', 'arm64') });
    const place = { base: 'golden', region: REGION, release: '2023.12.20260727' };
    const imageCreatedAt = Date.parse('2026-07-24T08:30:00.000Z');
    const version = { parameterVersion: 1, parameterModifiedAt: expect.any(Number) as number };
    expect(await source.sightings(REGION, [GOLDEN])).toEqual({
      sightings: [
        {
          ...{ ...place, architecture: 'x86_64', imageId: x86, imageCreatedAt },
          ...{ ...version, parameter: '/golden/x86_64' },
          imageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
        },
        {
          ...{ ...place, architecture: 'arm64', imageId: arm, imageCreatedAt },
          ...{ ...version, parameter: '/golden/arm64' },
          imageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-arm64',
        },
      ],
      problems: [],
    });
  });

  test('the version of a parameter rises with what is published', async () => {
    const { source, publish } = await aWorld();
    const [before, after] = [anImageId(), anImageId()];
    const base: TrackedBaseImage = {
      ...GOLDEN,
      source: { kind: 'own-parameter', names: { x86_64: '/golden/x86_64' } },
    };
    await publish({ base, imageId: before, ...amazonLinux('2023.12.20260629') });
    const first = await source.sightings(REGION, [base]);
    await publish({ base, imageId: after, ...amazonLinux('2023.12.20260727') });
    const known = first.sightings.map((sighting): BaseImagePointer => ({ ...sighting, since: 0 }));
    const second = await source.sightings(REGION, [base], known);
    expect(second).toEqual(await source.sightings(REGION, [base]));
    expect(
      [first, second].map(({ sightings: [one] }) => [one?.imageId, one?.release, one?.parameterVersion]),
    ).toEqual([
      [before, '2023.12.20260629', 1],
      [after, '2023.12.20260727', 2],
    ]);
  });

  test('what is known makes no difference to the answer', async () => {
    const { source, publish, owner } = await aWorld();
    const bases = [GOLDEN, named(owner)];
    await publish({ base: GOLDEN, imageId: anImageId(), ...amazonLinux('2023.12.20260727') });
    await publish({ base: GOLDEN, imageId: anImageId(), ...amazonLinux('2023.12.20260727', 'arm64') });
    await publish({ base: named(owner), imageId: anImageId(), ...rocky('9.6-20260720.0') });
    const first = await source.sightings(REGION, bases);
    expect(first.sightings).toHaveLength(3);
    const known = first.sightings.map((sighting): BaseImagePointer => ({ ...sighting, since: 0 }));
    expect(await source.sightings(REGION, bases, known)).toEqual(first);
    const elsewhere = known.map((pointer): BaseImagePointer => ({ ...pointer, region: 'eu-west-1' }));
    expect(await source.sightings(REGION, bases, elsewhere)).toEqual(first);
  });

  test('a source without a parameter has no version', async () => {
    const { source, publish, owner } = await aWorld();
    const imageId = anImageId();
    await publish({ base: named(owner), imageId, ...rocky('9.6-20260720.0') });
    const { sightings, problems } = await source.sightings(REGION, [named(owner)]);
    expect(problems).toEqual([]);
    expect(sightings).toEqual([
      {
        base: 'rocky-9',
        region: REGION,
        architecture: 'x86_64',
        imageId,
        imageName: 'Rocky-9-EC2-Base-9.6-20260720.0.x86_64',
        release: expect.stringContaining('20260720') as string,
        imageCreatedAt: Date.parse('2026-07-20T10:00:00.000Z'),
      },
    ]);
  });

  test('a source that says nothing is a problem of its place, and stops no other', async () => {
    const { source, publish, owner } = await aWorld();
    await publish({ base: GOLDEN, imageId: anImageId(), ...amazonLinux('2023.12.20260727', 'arm64') });
    const { sightings, problems } = await source.sightings(REGION, [named(owner), GOLDEN]);
    expect(sightings.map(({ base, architecture }) => [base, architecture])).toEqual([['golden', 'arm64']]);
    expect(problems.map(({ base, architecture }) => `${base} ${String(architecture)}`).sort()).toEqual([
      'golden x86_64',
      'rocky-9 x86_64',
    ]);
  });

  test('a base that is not published in the region is not looked at there', async () => {
    const { source } = await aWorld();
    const elsewhere: TrackedBaseImage = { ...GOLDEN, regions: { only: ['eu-west-1'] } };
    expect(await source.sightings(REGION, [elsewhere])).toEqual({ sightings: [], problems: [] });
    expect(await source.sightings(REGION, [])).toEqual({ sightings: [], problems: [] });
  });
}
