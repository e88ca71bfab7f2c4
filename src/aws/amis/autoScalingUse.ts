import {
  paginateDescribeAutoScalingGroups,
  paginateDescribeLaunchConfigurations,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import type { UsePhrase } from './users.ts';

/** What Auto Scaling gives at most. */
const PAGE = 100;

/**
 * Who names AMIs in Auto Scaling itself: launch configurations, and groups whose mixed instances have an AMI of their
 * own. Groups with launch templates are found by their templates. All are read: there is no asking by AMI.
 */
export async function autoScalingUse(
  client: AutoScalingClient,
  amiIds: readonly string[],
): Promise<UsePhrase[]> {
  const wanted = new Set(amiIds);
  const found: UsePhrase[] = [];
  const note = (amiId: string | undefined, by: string): void => {
    if (amiId !== undefined && wanted.has(amiId)) found.push({ amiId, by });
  };
  const configurations = paginateDescribeLaunchConfigurations({ client, pageSize: PAGE }, {});
  for await (const { LaunchConfigurations = [] } of configurations)
    for (const { ImageId, LaunchConfigurationName: name } of LaunchConfigurations)
      note(ImageId, `launch configuration ${name}`);
  for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups(
    { client, pageSize: PAGE },
    {},
  ))
    for (const { AutoScalingGroupName: name, MixedInstancesPolicy: mixed } of AutoScalingGroups)
      for (const { ImageId } of mixed?.LaunchTemplate?.Overrides ?? [])
        note(ImageId, `Auto Scaling group ${name}`);
  return found;
}
