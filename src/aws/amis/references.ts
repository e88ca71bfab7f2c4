import {
  paginateDescribeImageReferences,
  type EC2Client,
  type ImageReference,
  type ResourceTypeRequest,
} from '@aws-sdk/client-ec2';
import { chunks } from '../../core/chunks.ts';
import type { UsePhrase } from './users.ts';

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
 * Image Builder.
 */
export async function references(client: EC2Client, amiIds: readonly string[]): Promise<UsePhrase[]> {
  const found: UsePhrase[] = [];
  for (const ImageIds of chunks(amiIds, MOST_AMIS)) {
    const query = { ImageIds, IncludeAllResourceTypes: true, ResourceTypes: AS_FAR_AS_CAN_BE };
    for await (const { ImageReferences = [] } of paginateDescribeImageReferences({ client }, query))
      found.push(...ImageReferences.flatMap(phraseOf));
  }
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
