import type { Image } from '@aws-sdk/client-imagebuilder';
import type { ImageReport } from '../../ports.ts';
import { parseImageArn } from './arns.ts';

/** What GetImage says, in our words. The AMI is that of the region built in; copies elsewhere have ids of their own. */
export function imageReport(region: string, arn: string, image: Image): ImageReport {
  const { status, reason } = image.state ?? {};
  const amiId = image.outputResources?.amis?.find((ami) => ami.region === region)?.image;
  const log = logOf(arn, image);
  return {
    arn,
    status: status ?? 'PENDING',
    ...(reason === undefined ? {} : { reason }),
    ...(log === undefined ? {} : { log }),
    ...(amiId === undefined ? {} : { amiId }),
  };
}

/**
 * Where Image Builder writes the log of a build: CloudWatch Logs, a group for each recipe and a stream for each build,
 * as `group:stream`. What runs on the instance is in it, as well as what the service did.
 */
function logOf(arn: string, { loggingConfiguration }: Image): string | undefined {
  const parts = parseImageArn(arn);
  if (parts === undefined) return undefined;
  const group = loggingConfiguration?.logGroupName ?? `/aws/imagebuilder/${parts.recipe}`;
  return `${group}:${parts.version}/${parts.build}`;
}
