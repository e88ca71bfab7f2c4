import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import {
  DeregisterImageCommand,
  DisableImageCommand,
  DisableImageDeprecationCommand,
  EC2Client,
  EnableImageDeprecationCommand,
} from '@aws-sdk/client-ec2';
import { MINUTE } from '../core/words.ts';
import type { AmiLifecycle, Clock } from '../ports.ts';
import { describeAmis, GONE, type OwnAmi } from './amis/describeAmis.ts';
import { usesOf } from './amis/usesOf.ts';
import { unless } from './awsError.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface AmiLifecycleOptions {
  readonly now: Clock;
  readonly ec2?: ForRegion<EC2Client>;
  readonly autoScaling?: ForRegion<AutoScalingClient>;
}

/** Somebody else's AMI: it is never touched. */
class NotOurAmi extends Error {
  override readonly name = 'NotOurAmi';
  constructor(amiId: string) {
    super(`${amiId} does not carry our tag: it is left as it is.`);
  }
}

/** The AMI is gone, but what it was made of still costs money. */
class SnapshotsLeft extends Error {
  override readonly name = 'SnapshotsLeft';
}

/** EC2 takes only a time to come, and rounds it to the minute: this one is past soon, whatever the clocks. */
const SOON = 2 * MINUTE;

/**
 * EC2's own lifecycle of AMIs. Each change looks at the AMI first: one without our tag is refused, also where the
 * permissions of the caller would allow it.
 *
 * Actions: ec2:DescribeImages for all; ec2:EnableImageDeprecation, DisableImageDeprecation, DisableImage, DeregisterImage and
 * ec2:DeleteSnapshot for the changes; for the uses ec2:DescribeImageReferences with what it looks at in the caller's
 * name (ec2:DescribeInstances, DescribeLaunchTemplates, DescribeLaunchTemplateVersions, ssm:DescribeParameters,
 * ssm:GetParameters, imagebuilder:ListImageRecipes, ListContainerRecipes, GetContainerRecipe),
 * autoscaling:DescribeLaunchConfigurations, DescribeAutoScalingGroups, ec2:DescribeImageAttribute,
 * DescribeImageUsageReports, DescribeImageUsageReportEntries, CreateImageUsageReport.
 */
export function awsAmiLifecycle({
  now,
  ec2 = perRegion(EC2Client),
  autoScaling = perRegion(AutoScalingClient),
}: AmiLifecycleOptions): AmiLifecycle {
  /** Undefined if it is gone. */
  const ours = async (region: string, amiId: string): Promise<OwnAmi | undefined> => {
    const ami = (await describeAmis(ec2(region), [amiId])).get(amiId);
    if (ami?.ours === false) throw new NotOurAmi(amiId);
    return ami;
  };

  return {
    uses: (region, amiIds) =>
      usesOf(amiIds, { ec2: ec2(region), autoScaling: autoScaling(region), now: now() }),
    async isLaunchable(region, amiId) {
      return (await describeAmis(ec2(region), [amiId])).get(amiId)?.available === true;
    },
    async deprecate(region, amiId) {
      const ami = await ours(region, amiId);
      const at = now() + SOON;
      if (ami === undefined || Date.parse(ami.deprecatedAt ?? '') <= at) return;
      await unless(GONE, undefined, () =>
        ec2(region).send(new EnableImageDeprecationCommand({ ImageId: amiId, DeprecateAt: new Date(at) })),
      );
    },
    async undeprecate(region, amiId) {
      const ami = await ours(region, amiId);
      if (ami?.deprecatedAt === undefined) return;
      await unless(GONE, undefined, () =>
        ec2(region).send(new DisableImageDeprecationCommand({ ImageId: amiId })),
      );
    },
    async disable(region, amiId) {
      const ami = await ours(region, amiId);
      if (ami === undefined || ami.disabled) return;
      await unless(GONE, undefined, () => ec2(region).send(new DisableImageCommand({ ImageId: amiId })));
    },
    async deregister(region, amiId) {
      if ((await ours(region, amiId)) === undefined) return;
      const answer = await unless(GONE, undefined, () =>
        ec2(region).send(new DeregisterImageCommand({ ImageId: amiId, DeleteAssociatedSnapshots: true })),
      );
      const left = (answer?.DeleteSnapshotResults ?? []).filter(
        ({ ReturnCode }) => ReturnCode !== 'success' && ReturnCode !== 'skipped',
      );
      if (left.length > 0)
        throw new SnapshotsLeft(
          `${amiId} is deregistered, but not all of its snapshots are deleted: ` +
            left.map(({ SnapshotId, ReturnCode }) => `${SnapshotId} (${ReturnCode})`).join(', '),
        );
    },
  };
}
