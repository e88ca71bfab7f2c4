import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { awsBaseImageSource } from '../../src/aws/baseImageSource.ts';
import { perRegion } from '../../src/aws/clients.ts';
import { BASE_IMAGES } from '../../src/core/base-images/catalogue.ts';
import { aJsonService, aQueryService, SOME_KEYS } from './localServer.ts';

const AMI = 'ami-0000000000000000a';
const bases = BASE_IMAGES.filter(({ name }) => name === 'ubuntu-24.04');

/** What is told of Ubuntu's image for x86_64, which its parameter names, of which EC2 says this besides. */
async function lookAtUbuntu(said: string) {
  const ssm = await aJsonService(({ body }) => ({
    body: {
      Parameters: (body['Names'] as string[]).map((Name) => ({ Name, Value: AMI, Version: 7 })),
    },
  }));
  const ec2 = await aQueryService(() => ({
    body: `<DescribeImagesResponse><imagesSet><item>
      <imageId>${AMI}</imageId><imageOwnerId>099720109477</imageOwnerId><imageState>available</imageState>
      <architecture>x86_64</architecture><creationDate>2026-01-20T08:00:00.000Z</creationDate>
      <name>ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260120</name>${said}
    </item></imagesSet></DescribeImagesResponse>`,
  }));
  const source = awsBaseImageSource({
    now: () => Date.UTC(2026, 1, 1),
    ssm: perRegion(SSMClient, { endpoint: ssm, credentials: SOME_KEYS }),
    ec2: perRegion(EC2Client, { endpoint: ec2, credentials: SOME_KEYS }),
  });
  const { sightings, problems } = await source.sightings('us-east-1', bases);
  return {
    release: sightings.map(({ release }) => release),
    problems: problems.filter(({ architecture }) => architecture === 'x86_64').map(({ problem }) => problem),
  };
}

test("an image that a parameter names and the account's Allowed AMIs setting forbids cannot be built on", async () => {
  expect(await lookAtUbuntu('<imageAllowed>false</imageAllowed>')).toEqual({
    release: [],
    problems: [
      `The parameter /aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id names ${AMI}, but the account's Allowed AMIs setting forbids it.`,
    ],
  });
});

test.each([
  ['the setting is off', ''],
  ['it is allowed', '<imageAllowed>true</imageAllowed>'],
  [
    'its vendor has deprecated what it still names',
    '<deprecationTime>2026-01-25T00:00:00.000Z</deprecationTime>',
  ],
])('it can be if %s', async (_, said) => {
  expect(await lookAtUbuntu(said)).toEqual({ release: ['20260120'], problems: [] });
});
