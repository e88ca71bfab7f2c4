import { EC2Client, paginateDescribeInstances, type Instance as Ec2Instance } from '@aws-sdk/client-ec2';
import { chunks } from '../core/chunks.ts';
import { type Instance, INSTANCE_STATES } from '../core/instances/instance.ts';
import type { Instances } from '../ports.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface InstancesOptions {
  readonly ec2?: ForRegion<EC2Client>;
}

/** What EC2 takes: values of one filter, and instances a page. */
const MOST_VALUES = 200;
const MOST_INSTANCES = 1_000;

/**
 * Instances as EC2 describes them to their own account. Those that are gone, or about to go, are left out.
 *
 * Action: ec2:DescribeInstances.
 */
export function awsInstances({ ec2 = perRegion(EC2Client) }: InstancesOptions = {}): Instances {
  return {
    async launchedFrom(region, amiIds) {
      const found: Instance[] = [];
      const paging = { client: ec2(region), pageSize: MOST_INSTANCES };
      for (const Values of chunks([...new Set(amiIds)], MOST_VALUES)) {
        const Filters = [
          { Name: 'image-id', Values },
          { Name: 'instance-state-name', Values: [...INSTANCE_STATES] },
        ];
        for await (const { Reservations = [] } of paginateDescribeInstances(paging, { Filters }))
          for (const { Instances = [] } of Reservations)
            found.push(...Instances.flatMap((instance) => instanceOf(instance, region)));
      }
      return found;
    },
  };
}

function instanceOf(
  { InstanceId, ImageId, State, LaunchTime, Tags = [] }: Ec2Instance,
  region: string,
): Instance[] {
  const state = INSTANCE_STATES.find((known) => known === State?.Name);
  if (InstanceId === undefined || ImageId === undefined || LaunchTime === undefined || state === undefined)
    return [];
  return [
    {
      instanceId: InstanceId,
      region,
      imageId: ImageId,
      state,
      launchedAt: LaunchTime.getTime(),
      tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    },
  ];
}
