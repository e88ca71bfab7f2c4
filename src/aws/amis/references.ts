import {
  paginateDescribeImageReferences,
  type EC2Client,
  type ImageReference,
  type ResourceTypeRequest,
} from '@aws-sdk/client-ec2';
import { chunks } from '../../core/chunks.ts';
import type { AmiUse } from '../../ports.ts';
import { unless } from '../awsError.ts';
import { GONE } from './describeAmis.ts';
import { orNotKnownYet, type UsePhrase } from './users.ts';

/** What `DescribeImageReferences` takes. */
const MOST_AMIS = 10;

/**
 * Where EC2 would stop by itself is not where we may: a group can stand on an old version of a launch template. An
 * instance that is terminated, though, uses nothing; EC2 shows it for an hour.
 */
const AS_FAR_AS_CAN_BE: ResourceTypeRequest[] = [
  {
    ResourceType: 'ec2:Instance',
    ResourceTypeOptions: [
      { OptionName: 'state-name', OptionValues: ['pending', 'running', 'stopping', 'stopped'] },
    ],
  },
  {
    ResourceType: 'ec2:LaunchTemplate',
    ResourceTypeOptions: [{ OptionName: 'version-depth', OptionValues: ['10000'] }],
  },
];

/**
 * Who of this account names these AMIs: instances, launch templates, parameters of type `aws:ec2:image`, recipes of
 * Image Builder. By id; one that is gone is absent. A question that EC2 does not answer leaves the others' answers.
 */
export async function references(
  client: EC2Client,
  amiIds: readonly string[],
): Promise<ReadonlyMap<string, AmiUse>> {
  const found: (readonly [string, AmiUse])[] = [];
  for (const some of chunks(amiIds, MOST_AMIS)) found.push(...(await referencesOf(client, some)));
  return new Map(found);
}

/** One that went in between is an error in place of all that were asked for with it: then each is asked for alone. */
async function referencesOf(
  client: EC2Client,
  amiIds: readonly string[],
): Promise<(readonly [string, AmiUse])[]> {
  const users = await unless(GONE, undefined, () => orNotKnownYet(() => askOnce(client, amiIds)));
  if (users === undefined) {
    if (amiIds.length <= 1) return [];
    const found: (readonly [string, AmiUse])[] = [];
    for (const amiId of amiIds) found.push(...(await referencesOf(client, [amiId])));
    return found;
  }
  return amiIds.map((id) =>
    'kind' in users
      ? [id, users]
      : [id, { kind: 'known', by: users.filter(({ amiId }) => amiId === id).map(({ by }) => by) }],
  );
}

async function askOnce(client: EC2Client, amiIds: readonly string[]): Promise<UsePhrase[]> {
  const found: UsePhrase[] = [];
  const query = { ImageIds: [...amiIds], IncludeAllResourceTypes: true, ResourceTypes: AS_FAR_AS_CAN_BE };
  for await (const { ImageReferences = [] } of paginateDescribeImageReferences({ client }, query))
    found.push(...ImageReferences.flatMap(phraseOf));
  return found;
}

/** How an ARN ends, and what people call it. A kind that EC2 learns later is a user as well. */
const NAMES = [
  { kind: 'instance', of: /:instance\/(.+)$/ },
  { kind: 'launch template', of: /:launch-template\/(.+)$/ },
  { kind: 'parameter', of: /:parameter(\/.+)$/ },
  { kind: 'image recipe', of: /:image-recipe\/(.+)$/ },
  { kind: 'container recipe', of: /:container-recipe\/(.+)$/ },
] as const;

function phraseOf({ ImageId: amiId, Arn: arn = 'somebody without a name' }: ImageReference): UsePhrase[] {
  if (amiId === undefined) return [];
  for (const { kind, of } of NAMES) {
    const name = of.exec(arn)?.[1];
    if (name !== undefined) return [{ amiId, by: `${kind} ${name}` }];
  }
  return [{ amiId, by: arn }];
}
