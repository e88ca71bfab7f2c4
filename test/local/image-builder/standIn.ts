import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateComponentCommand,
  CreateDistributionConfigurationCommand,
  CreateImageCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  GetImageCommand,
  ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import type {
  CreateComponentCommandInput,
  CreateDistributionConfigurationCommandInput,
  CreateImageRecipeCommandInput,
  CreateInfrastructureConfigurationCommandInput,
  Image,
} from '@aws-sdk/client-imagebuilder';
import { afterEach } from 'vitest';
import { startImageBuilder } from '../../../local/image-builder/startImageBuilder.ts';
import type { ImageBuilder, ImageBuilderOptions } from '../../../local/image-builder/startImageBuilder.ts';
import { aParent, fakeAws, PROFILE, REGION } from './fakeSides.ts';
import type { FakeAws } from './fakeSides.ts';

export const DOCUMENT = `name: tools
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: InstallPackages
        action: ExecuteBash
        inputs:
          commands:
            - sudo dnf install -y 'git' htop
  - name: validate
    steps:
      - name: CheckPackages
        action: ExecuteBash
        inputs:
          commands:
            - git --version
  - name: test
    steps:
      - name: Boot
        action: ExecuteBash
        inputs:
          commands:
            - uname -a
`;

/** A whole build in about a tenth of a second. */
export const FAST = { timeScale: 0.015 };

/** Tests ask as often as their machine can: only those of the limit itself are to meet it. */
const UNLIMITED = { requestsPerSecond: 1e6, requestBurst: 1e6 };

export interface StandIn {
  readonly aws: FakeAws;
  readonly server: ImageBuilder;
  readonly problems: string[];
  /** The unmodified SDK client: one attempt, so that errors are seen as they come. */
  readonly client: (options?: {
    readonly region?: string;
    readonly key?: string;
    readonly attempts?: number;
  }) => ImagebuilderClient;
}

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Starts a stand-in with AWS around it in memory; it is stopped after the test. */
export async function aStandIn(options: ImageBuilderOptions = {}): Promise<StandIn> {
  const aws = fakeAws();
  const problems: string[] = [];
  const report = (problem: string): void => {
    problems.push(problem);
  };
  const server = await startImageBuilder({
    ...{ sides: aws.sides, timing: FAST, report },
    ...options,
    quotas: { ...UNLIMITED, ...options.quotas },
  });
  open.push(() => server.stop());
  return {
    aws,
    server,
    problems,
    client({ region = REGION, key = 'test', attempts = 1 } = {}) {
      const client = new ImagebuilderClient({
        endpoint: server.url,
        region,
        maxAttempts: attempts,
        credentials: { accessKeyId: key, secretAccessKey: 'test' },
      });
      open.unshift(async () => client.destroy());
      return client;
    },
  };
}

export async function aComponent(
  client: ImagebuilderClient,
  change: Partial<CreateComponentCommandInput> = {},
): Promise<string> {
  const { componentBuildVersionArn = '' } = await client.send(
    new CreateComponentCommand({
      name: 'Tools',
      semanticVersion: '1.0.0',
      platform: 'Linux',
      data: DOCUMENT,
      ...change,
    }),
  );
  return componentBuildVersionArn;
}

export async function aRecipe(
  client: ImagebuilderClient,
  change: Partial<CreateImageRecipeCommandInput> = {},
): Promise<string> {
  const { imageRecipeArn = '' } = await client.send(
    new CreateImageRecipeCommand({
      name: 'python-ml',
      semanticVersion: '1.0.0',
      parentImage: aParent().imageId,
      ...change,
    }),
  );
  return imageRecipeArn;
}

export async function anInfrastructure(
  client: ImagebuilderClient,
  change: Partial<CreateInfrastructureConfigurationCommandInput> = {},
): Promise<string> {
  const { infrastructureConfigurationArn = '' } = await client.send(
    new CreateInfrastructureConfigurationCommand({
      name: 'builders',
      instanceProfileName: PROFILE,
      ...change,
    }),
  );
  return infrastructureConfigurationArn;
}

export async function aDistribution(
  client: ImagebuilderClient,
  change: Partial<CreateDistributionConfigurationCommandInput> = {},
): Promise<string> {
  const { distributionConfigurationArn = '' } = await client.send(
    new CreateDistributionConfigurationCommand({
      name: 'everywhere',
      distributions: [
        {
          region: REGION,
          amiDistributionConfiguration: {
            name: 'python-ml {{ imagebuilder:buildDate }}',
            amiTags: { template: 'python-ml' },
          },
        },
      ],
      ...change,
    }),
  );
  return distributionConfigurationArn;
}

/** Everything an image needs, and the request that builds it. */
export async function aBuildRequest(client: ImagebuilderClient): Promise<{
  readonly imageRecipeArn: string;
  readonly infrastructureConfigurationArn: string;
}> {
  const componentArn = await aComponent(client);
  return {
    imageRecipeArn: await aRecipe(client, { components: [{ componentArn }] }),
    infrastructureConfigurationArn: await anInfrastructure(client),
  };
}

export async function startBuild(
  client: ImagebuilderClient,
  request: ConstructorParameters<typeof CreateImageCommand>[0],
): Promise<string> {
  const { imageBuildVersionArn = '' } = await client.send(new CreateImageCommand(request));
  return imageBuildVersionArn;
}

export async function getImage(client: ImagebuilderClient, arn: string): Promise<Image> {
  const { image } = await client.send(new GetImageCommand({ imageBuildVersionArn: arn }));
  return image ?? {};
}

const FINAL = new Set(['AVAILABLE', 'FAILED', 'CANCELLED']);

/** Polls GetImage until the build has ended: the statuses seen, in order, and the image. */
export async function watchBuild(
  client: ImagebuilderClient,
  arn: string,
): Promise<{ readonly seen: string[]; readonly image: Image }> {
  const seen: string[] = [];
  for (let tries = 0; tries < 2_000; tries += 1) {
    const image = await getImage(client, arn);
    const status = image.state?.status ?? '';
    if (seen.at(-1) !== status) seen.push(status);
    if (FINAL.has(status)) return { seen, image };
    await sleep(2);
  }
  throw new Error(`The build ${arn} did not end: ${seen.join(' ')}`);
}

/** What the control path answers, as text. */
export async function controlAnswer(
  { url }: ImageBuilder,
  path: string,
  init: RequestInit = {},
): Promise<string> {
  return (await fetch(`${url}/_control/${path}`, init)).text();
}

/** Waits until the events of a build are all out: those of its final status come last. */
export async function eventually(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000 && !condition(); tries += 1) await sleep(2);
}
