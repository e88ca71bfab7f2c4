import { z } from 'zod';
import { componentsAt, findComponent } from '../resources/components.ts';
import { readComponentDocument } from '../resources/componentDocument.ts';
import { creating, onResource, other } from './iamChecks.ts';
import { managedComponent } from '../resources/managedComponents.ts';
import {
  arnOf,
  latestVersionReferences,
  matchesVersion,
  parseArn,
  parseVersion,
  slug,
} from '../resources/names.ts';
import { endDryRun, operation } from './operation.ts';
import type { Call } from './operation.ts';
import {
  alreadyExists,
  hasDependents,
  invalidCombination,
  invalidValue,
  notFound,
  quotaExceeded,
} from '../wire/serviceError.ts';
import * as shape from './shapes.ts';
import type { StoredComponent } from '../resources/store.ts';

const createInput = z.object({
  name: shape.resourceName,
  semanticVersion: shape.versionNumber,
  description: shape.nonEmpty.optional(),
  changeDescription: shape.nonEmpty.optional(),
  platform: shape.platform,
  supportedOsVersions: z.array(z.string().min(1)).min(1).max(25).optional(),
  data: z.string().min(1).max(16_000).optional(),
  uri: z.string().optional(),
  kmsKeyId: shape.nonEmpty.optional(),
  tags: shape.tags.optional(),
  clientToken: shape.clientToken,
  dryRun: z.boolean().optional(),
});
type CreateInput = z.infer<typeof createInput>;

const bucketAndKey = (uri: string): readonly [bucket: string, key: string] => {
  const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
  if (match === null) throw invalidValue('uri', 'It must be an S3 location: s3://bucket/key.');
  return [match[1] ?? '', match[2] ?? ''];
};

async function documentText(input: CreateInput, { sides, place, settings }: Call): Promise<string> {
  const { data, uri } = input;
  if (data !== undefined && uri !== undefined)
    throw invalidCombination('uri', 'You cannot specify both data and uri.');
  if (data !== undefined) return data;
  if (uri === undefined) throw invalidCombination('data', 'You must specify exactly one of data and uri.');
  const [bucket, key] = bucketAndKey(uri);
  const text = await sides.s3.read(place, bucket, key);
  if (text === undefined)
    throw invalidValue('uri', `There is no object at '${uri}', or the bucket is in another Region.`);
  if (Buffer.byteLength(text) > settings.quotas.componentSize) {
    throw quotaExceeded('bytes per component', settings.quotas.componentSize);
  }
  return text;
}

const versionsOf = (input: CreateInput, call: Call): readonly StoredComponent[] =>
  componentsAt(
    call.store,
    arnOf(call.place, 'component', slug(input.name), parseVersion(input.semanticVersion).join('.')),
  );

const nextArn = (input: CreateInput, call: Call): string => {
  const build =
    (parseArn(
      versionsOf(input, call).at(-1)?.component.arn ?? arnOf(call.place, 'component', 'none', '0.0.0', 0),
    ).build ?? 0) + 1;
  return arnOf(
    call.place,
    'component',
    slug(input.name),
    parseVersion(input.semanticVersion).join('.'),
    build,
  );
};

const s3Checks = (uri: string): readonly ReturnType<typeof other>[] => {
  const [bucket, key] = bucketAndKey(uri);
  return [
    other('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`),
    other('s3:ListBucket', `arn:aws:s3:::${bucket}`),
  ];
};

const KMS_ACTIONS = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'] as const;

export const createComponent = operation({
  name: 'CreateComponent',
  method: 'PUT',
  path: '/CreateComponent',
  input: createInput,
  iam: (input, call) => [
    ...creating('CreateComponent', nextArn(input, call), input.tags),
    ...(input.uri === undefined ? [] : s3Checks(input.uri)),
    ...(input.kmsKeyId === undefined ? [] : KMS_ACTIONS.map((action) => other(action, input.kmsKeyId))),
  ],
  async run(input, call) {
    const { store, place, settings } = call;
    const data = await documentText(input, call);
    const document = readComponentDocument(data);
    const latest = versionsOf(input, call).at(-1)?.component;
    if (latest?.data === data && latest.platform === input.platform)
      throw alreadyExists('Component', latest.arn);
    if (store.components.size >= settings.quotas.components)
      throw quotaExceeded('components', settings.quotas.components);
    endDryRun(input.dryRun);
    const arn = nextArn(input, call);
    const { version = '', name } = parseArn(arn);
    store.components.set(arn, {
      sequence: store.nextSequence(),
      document,
      component: {
        arn,
        name: input.name,
        version,
        description: input.description,
        changeDescription: input.changeDescription,
        type: document.type,
        platform: input.platform,
        supportedOsVersions: input.supportedOsVersions,
        parameters: [...document.parameters],
        owner: place.account,
        data,
        kmsKeyId: input.kmsKeyId,
        encrypted: true,
        state: { status: 'ACTIVE' },
        dateCreated: new Date(call.now()).toISOString(),
        tags: input.tags ?? {},
      },
    });
    return {
      componentBuildVersionArn: arn,
      latestVersionReferences: latestVersionReferences(place, 'component', name, version),
    };
  },
});

export const getComponent = operation({
  name: 'GetComponent',
  method: 'GET',
  path: '/GetComponent',
  input: z.object({ componentBuildVersionArn: shape.componentVersionOrBuildArn }),
  iam: ({ componentBuildVersionArn: arn }, { store }) => [
    onResource('GetComponent', arn, findComponent(store, arn)?.component.tags),
  ],
  run({ componentBuildVersionArn: arn }, { store, place }) {
    const managed = managedComponent(arn);
    if (managed !== undefined) return { component: managed };
    const found = findComponent(store, arn);
    if (found === undefined) throw notFound(arn);
    const { name, version = '' } = parseArn(found.component.arn);
    return {
      component: found.component,
      latestVersionReferences: latestVersionReferences(place, 'component', name, version),
    };
  },
});

/** Whether a recipe's component, exact or by pattern, means this build. */
const refersTo = (reference: string, arn: string): boolean => {
  const wanted = parseArn(reference);
  const actual = parseArn(arn);
  return (
    wanted.owner === actual.owner &&
    wanted.name === actual.name &&
    matchesVersion(wanted.version ?? 'x.x.x', actual.version ?? '') &&
    (wanted.build === undefined || wanted.build === actual.build)
  );
};

export const deleteComponent = operation({
  name: 'DeleteComponent',
  method: 'DELETE',
  path: '/DeleteComponent',
  input: z.object({ componentBuildVersionArn: shape.componentBuildVersionArn }),
  iam: ({ componentBuildVersionArn: arn }, { store }) => [
    onResource('DeleteComponent', arn, store.components.get(arn)?.component.tags),
  ],
  run({ componentBuildVersionArn: arn }, { store }) {
    if (!store.components.has(arn)) throw notFound(arn);
    const used = [...store.recipes.values()].some(({ recipe }) =>
      recipe.components.some(({ componentArn }) => refersTo(componentArn ?? '', arn)),
    );
    if (used) throw hasDependents(arn);
    store.components.delete(arn);
    return { componentBuildVersionArn: arn };
  },
});
