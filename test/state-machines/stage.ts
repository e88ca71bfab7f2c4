import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { dynamoTable } from '../../src/aws/table/dynamoTable.ts';
import type { AwaitedImage, RegionBuild } from '../../src/core/builds/regionBuild.ts';
import { aRegionBuild } from '../contract/table/records.ts';
import { committed } from '../contract/table/steps.ts';
import { anAccount, aRole, clients } from '../local/aws/clients.ts';
import { aFunction } from '../local/aws/functions.ts';
import { ACTORS, aPrompter, CODE, type Actor, type Parts } from './actors.ts';
import { impatient } from './definition.ts';
import { anExecution, type Execution } from './execution.ts';

const TABLE_NAME = 'state';

/** The state machine on the local AWS, with the real table and functions that do what the test says. */
export interface Stage {
  /** A new region build, and what the functions do for it; what is not said goes well. */
  build(change?: Partial<RegionBuild>, parts?: Parts): Promise<RegionBuild>;
  read(id: string): Promise<RegionBuild>;
  /** Changes the record as whoever is in charge of it would. */
  change(id: string, changed: (now: RegionBuild) => Partial<RegionBuild>): Promise<void>;
  start(id: string, number?: number): Promise<Execution>;
  /** Which functions were called for it, in order. */
  called(id: string): readonly Actor[];
  /** With what error `record-failure` was called for it. */
  failuresOf(id: string): readonly { readonly Error: string; readonly Cause: string }[];
  close(): void;
}

export const imageOf = (id: string, attempt = 1): string =>
  `arn:aws:imagebuilder:us-east-1:111122223333:image/${id}/1.0.0/${attempt}`;

export async function aStage(): Promise<Stage> {
  const { root } = anAccount();
  const { dynamodb, sfn } = clients(root);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const table = dynamoTable({
    client: dynamodb,
    tableName: TABLE_NAME,
    now: () => Date.now(),
    chance: () => 0.5,
  });
  const prompter = await aPrompter();
  const role = await aRole(root, 'machine', [
    { Action: ['dynamodb:UpdateItem', 'lambda:InvokeFunction'], Resource: '*' },
  ]);
  const environment = { PROMPTER: prompter.url };
  const arnOf = Object.fromEntries(
    await Promise.all(
      ACTORS.map(async (name) => [name, await aFunction(root, { name, role, code: CODE, environment })]),
    ),
  ) as Record<Actor, string>;
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'compile-template',
      roleArn: role,
      definition: impatient({
        Partition: 'aws',
        TableName: TABLE_NAME,
        CheckBudgetFunctionArn: arnOf['check-budget'],
        StartImageFunctionArn: arnOf['start-image'],
        RecordImageFunctionArn: arnOf['record-image'],
        PublishImageFunctionArn: arnOf['publish-image'],
        RecordFailureFunctionArn: arnOf['record-failure'],
      }),
    }),
  );

  let builds = 0;
  const read = async (id: string): Promise<RegionBuild> => (await table.regionBuilds.get(id))!;
  const change: Stage['change'] = async (id, changed) => {
    const now = await read(id);
    const after = { ...now, ...changed(now), revision: now.revision + 1 };
    await committed(table.commits, { kind: 'region-build', after, expects: now.revision });
  };
  const goingWell: Parts = {
    'check-budget': async ({ id }) => {
      await change(id, () => ({ status: 'running' }));
      return { id };
    },
    'start-image': async ({ id }) => {
      const arn = imageOf(id);
      const image: AwaitedImage = { arn, attempt: 1, startedAt: Date.now(), status: 'PENDING' };
      await change(id, () => ({ image }));
      return { id, imageArn: arn };
    },
    'record-image': async ({ id }) => {
      await change(id, () => ({ status: 'succeeded', amiId: 'ami-0new' }));
      return { id };
    },
    'publish-image': ({ id }) => ({ id, published: true }),
  };
  return {
    async build(given = {}, parts = {}) {
      const build = aRegionBuild({ sequence: ++builds, ...given });
      prompter.parts.set(build.id, { ...goingWell, ...parts });
      await committed(table.commits, { kind: 'region-build', after: build, expects: null });
      return build;
    },
    read,
    change,
    start: (id, number = 1) =>
      anExecution({ sfn, stateMachineArn: stateMachineArn!, read, change }, id, number),
    called: (id) => prompter.calls.filter((call) => call.id === id).map(({ actor }) => actor),
    failuresOf: (id) => prompter.calls.flatMap((call) => (call.id === id && call.error ? [call.error] : [])),
    close: () => prompter.close(),
  };
}
