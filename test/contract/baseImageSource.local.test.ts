import { EC2Client } from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { awsBaseImageSource } from '../../src/aws/baseImageSource.ts';
import type { BaseImagePointer } from '../../src/core/base-images/pointer.ts';
import type { TrackedBaseImage } from '../../src/core/base-images/trackedBaseImage.ts';
import { anAccount, aSession, clients, type Credentials, type Statement } from '../local/aws/clients.ts';
import {
  amazonLinux,
  anImageId,
  baseImageSourceContract,
  GOLDEN,
  named,
  REGION,
  rocky,
} from './baseImageSource.ts';
import type { BaseImageSourceWorld } from './baseImageSource.ts';
import { counted, localClients, publishVendorImages } from './localAws.ts';

const now = () => Date.UTC(2026, 10, 24);

const sourceOf = (credentials: Credentials, calls: string[] = []) =>
  awsBaseImageSource({
    now,
    ssm: counted(localClients(SSMClient, credentials), calls),
    ec2: counted(localClients(EC2Client, credentials), calls),
  });

async function aWorld(): Promise<
  BaseImageSourceWorld & { readonly root: Credentials; readonly calls: string[] }
> {
  const { root } = anAccount();
  const owner = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
  const calls: string[] = [];
  return {
    root,
    calls,
    owner,
    source: sourceOf(root, calls),
    async publish({ base, architecture, imageId, name, creationDate }) {
      await publishVendorImages({
        imageId,
        ownerId: owner,
        region: REGION,
        name,
        architecture,
        creationDate,
      });
      if (base.source.kind !== 'filter') await put(root, base.source.names[architecture] ?? '', imageId);
    },
  };
}

async function put(credentials: Credentials, Name: string, Value: string): Promise<void> {
  await clients(credentials, REGION).ssm.send(
    new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }),
  );
}

const oneParameter = (name: string, parameter: string): TrackedBaseImage => ({
  ...GOLDEN,
  name,
  source: { kind: 'own-parameter', names: { x86_64: parameter } },
});

const tally = (calls: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(calls)].sort().map((call) => [call, calls.filter((each) => each === call).length]),
  );

baseImageSourceContract(aWorld);

test('ten parameters a call, and one look at the images of all sources by name', async () => {
  const { source, publish, owner, calls } = await aWorld();
  const golden = Array.from({ length: 11 }, (_, i) => oneParameter(`golden-${i}`, `/golden/${i}`));
  const other = { ...named(owner), name: 'rocky-8' };
  for (const base of golden)
    await publish({ base, imageId: anImageId(), ...amazonLinux('2023.12.20260727') });
  await publish({ base: other, imageId: anImageId(), ...rocky('9.6-20260720.0') });
  const bases = [...golden, named(owner), other];

  const { sightings } = await source.sightings(REGION, bases);
  expect(sightings).toHaveLength(13);
  expect(tally(calls)).toEqual({
    'us-east-1 DescribeImagesCommand': 2,
    'us-east-1 GetParametersCommand': 2,
  });

  calls.length = 0;
  const known = sightings.map((sighting): BaseImagePointer => ({ ...sighting, since: 0 }));
  await source.sightings(REGION, bases, known);
  expect(tally(calls)).toEqual({
    'us-east-1 DescribeImagesCommand': 1,
    'us-east-1 GetParametersCommand': 2,
  });

  calls.length = 0;
  await source.sightings(REGION, golden, known);
  expect(tally(calls)).toEqual({ 'us-east-1 GetParametersCommand': 2 });
});

test('the newest point release is chosen among the images of an owner, and of no other', async () => {
  const { source, publish, owner } = await aWorld();
  const stranger = await aWorld();
  const [older, newest] = [anImageId(), anImageId()];
  await publish({ base: named(owner), imageId: newest, ...rocky('9.6-20260720.0') });
  await publish({ base: named(owner), imageId: older, ...rocky('9.5-20260101.0') });
  await stranger.publish({ base: named(stranger.owner), imageId: anImageId(), ...rocky('9.9-20260801.0') });
  const { sightings } = await source.sightings(REGION, [
    named(owner),
    { ...named(stranger.owner), name: 'theirs' },
  ]);
  expect(sightings.find(({ base }) => base === 'rocky-9')?.imageId).toBe(newest);
});

test('images of the account itself are found without anyone saying which account it is', async () => {
  const { id, root } = anAccount();
  const imageId = anImageId();
  const image = { imageId, ownerId: id, region: REGION, ...rocky('9.6-20260720.0') };
  await publishVendorImages(image);
  const { sightings } = await sourceOf(root).sightings(REGION, [named('self')]);
  expect(sightings.map((sighting) => sighting.imageId)).toEqual([imageId]);
});

test('a parameter that may not be read takes none of its ten with it', async () => {
  const { root, publish, owner } = await aWorld();
  const open = oneParameter('open', '/golden/open');
  const secret = oneParameter('secret', '/secret/image');
  for (const base of [open, secret])
    await publish({ base, imageId: anImageId(), ...amazonLinux('2023.12.20260727') });
  const permissions: Statement[] = [
    { Action: 'ssm:GetParameters', Resource: `arn:aws:ssm:*:${root.accessKeyId}:parameter/golden/*` },
    { Action: 'ec2:DescribeImages', Resource: '*' },
  ];
  const limited = sourceOf(await aSession(root, 'scanner', permissions));
  const { sightings, problems } = await limited.sightings(REGION, [secret, open, named(owner)]);
  expect(sightings.map(({ base }) => base)).toEqual(['open']);
  expect(problems.map(({ base, problem }) => [base, problem])).toEqual([
    ['secret', expect.stringContaining('AccessDenied')],
    ['rocky-9', expect.stringContaining('No image Rocky-9-EC2-Base-9.*.x86_64')],
  ]);
});

test('who may not describe images is told so for each image that is new', async () => {
  const { root, publish, owner } = await aWorld();
  const [known, fresh] = [oneParameter('known', '/golden/known'), oneParameter('fresh', '/golden/fresh')];
  for (const base of [known, fresh])
    await publish({ base, imageId: anImageId(), ...amazonLinux('2023.12.20260727') });
  const before = await sourceOf(root).sightings(REGION, [known]);
  const permissions: Statement[] = [{ Action: 'ssm:GetParameters', Resource: '*' }];
  const { sightings, problems } = await sourceOf(await aSession(root, 'reader', permissions)).sightings(
    REGION,
    [known, fresh, named(owner)],
    before.sightings.map((sighting) => ({ ...sighting, since: 0 })),
  );
  expect(sightings).toEqual(before.sightings);
  expect(problems.map(({ base, problem }) => [base, problem])).toEqual([
    ['fresh', expect.stringContaining('UnauthorizedOperation')],
    ['rocky-9', expect.stringContaining('UnauthorizedOperation')],
  ]);
});

test('a parameter that holds no usable image is a problem that says which', async () => {
  const { root, source, publish } = await aWorld();
  await put(root, '/golden/text', 'latest');
  await put(root, '/golden/gone', 'ami-0123456789abcdef0');
  const arm = { base: oneParameter('arm', '/golden/arm'), imageId: anImageId() };
  await publishVendorImages({
    imageId: arm.imageId,
    ownerId: '137112412989',
    region: REGION,
    ...amazonLinux('2023.12.20260727', 'arm64'),
  });
  await put(root, '/golden/arm', arm.imageId);
  const good = oneParameter('good', '/golden/good');
  await publish({ base: good, imageId: anImageId(), ...amazonLinux('2023.12.20260727') });
  const { sightings, problems } = await source.sightings(REGION, [
    oneParameter('text', '/golden/text'),
    oneParameter('gone', '/golden/gone'),
    arm.base,
    oneParameter('none', '/golden/none'),
    good,
  ]);
  expect(sightings.map(({ base }) => base)).toEqual(['good']);
  expect(problems.map(({ problem }) => problem)).toEqual([
    'The parameter /golden/text holds "latest", which is no image id.',
    'The parameter /golden/gone names ami-0123456789abcdef0, but EC2 shows no such image to this account.',
    `The parameter /golden/arm names ${arm.imageId}, but its architecture is arm64, not x86_64.`,
    'There is no parameter /golden/none.',
  ]);
});
