import { Stack } from 'aws-cdk-lib';
import type { Conditions } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { TAGS } from '../src/contract.ts';
import { permit } from './permit.ts';

export interface OurAmisProps {
  /** Regions builds may run in. */
  readonly regions: readonly string[];
}

const TAGGED = 'ids are EC2’s own; our tag and the configured regions bound it';

/** The AMIs that we made, in every region built in: told from all others of the account by our tag. */
export class OurAmis {
  readonly #regions: readonly string[];

  constructor({ regions }: OurAmisProps) {
    this.#regions = regions;
  }

  /** Offer one again that was deprecated: a rollback made it the active one. */
  grantOffer(fn: LambdaFn): void {
    this.#permitDescribe(fn);
    this.#permitOurs(fn, ['ec2:DisableImageDeprecation']);
  }

  /** Everything on the way out, but what asks for users. */
  grantRetire(fn: LambdaFn): void {
    this.grantOffer(fn);
    this.#permitOurs(fn, ['ec2:EnableImageDeprecation', 'ec2:DisableImage', 'ec2:DeregisterImage']);
    permit(fn, {
      actions: ['ec2:DeleteSnapshot'],
      resources: [`arn:${Stack.of(fn).partition}:ec2:*::snapshot/*`],
      // The tag that Image Builder itself puts on every snapshot; AWS's own policy for lifecycles names it as well.
      conditions: this.#here({}, { 'aws:ResourceTag/CreatedBy': 'EC2 Image Builder' }),
      wildcard:
        'snapshots go with their AMI, whose tag was asked for; Image Builder’s tag and the regions bound it',
    });
  }

  /** Name the instances on them: reading alone, since running instances are never touched. */
  grantFindInstances(fn: LambdaFn): void {
    permit(fn, {
      actions: ['ec2:DescribeInstances'],
      resources: ['*'],
      conditions: this.#here(),
      wildcard: 'DescribeInstances knows no resources',
    });
  }

  /** Ask who uses them: in this account, and by report in those that they are shared with. */
  grantFindUsers(fn: LambdaFn): void {
    permit(fn, {
      actions: ['ec2:DescribeImageReferences'],
      resources: ['*'],
      conditions: this.#here(),
      wildcard: 'DescribeImageReferences knows no resources',
    });
    this.#permitThroughEc2(fn);
    permit(fn, {
      actions: ['autoscaling:DescribeLaunchConfigurations', 'autoscaling:DescribeAutoScalingGroups'],
      resources: ['*'],
      conditions: this.#here(),
      wildcard: 'these know no resources, and there is no asking by AMI',
    });
    this.#permitOurs(fn, ['ec2:DescribeImageAttribute', 'ec2:CreateImageUsageReport']);
    permit(fn, {
      actions: ['ec2:CreateImageUsageReport'],
      resources: [`arn:${Stack.of(fn).partition}:ec2:*:${Stack.of(fn).account}:image-usage-report/*`],
      conditions: this.#here(),
      wildcard: 'the new report’s id is EC2’s own; which AMI it may be of is said beside',
    });
    permit(fn, {
      actions: ['ec2:DescribeImageUsageReports', 'ec2:DescribeImageUsageReportEntries'],
      resources: ['*'],
      conditions: this.#here(),
      wildcard: 'these know no resources',
    });
  }

  /**
   * What EC2 looks through in the caller's name to find references: through EC2 alone, as AWS's own policy
   * AmazonEC2ImageReferencesAccessPolicy has it.
   */
  #permitThroughEc2(fn: LambdaFn): void {
    const { partition, account } = Stack.of(fn);
    const conditions = this.#here({
      'ForAnyValue:StringEquals': { 'aws:CalledVia': ['ec2-images.amazonaws.com'] },
    });
    permit(fn, {
      actions: [
        'ec2:DescribeInstances',
        'ec2:DescribeLaunchTemplates',
        'ec2:DescribeLaunchTemplateVersions',
        'ssm:DescribeParameters',
        'imagebuilder:ListImageRecipes',
        'imagebuilder:ListContainerRecipes',
      ],
      resources: ['*'],
      conditions,
      wildcard: 'these know no resources; only EC2 may ask, when it looks for references',
    });
    permit(fn, {
      actions: ['ssm:GetParameters', 'imagebuilder:GetContainerRecipe'],
      resources: [
        `arn:${partition}:ssm:*:${account}:parameter/*`,
        `arn:${partition}:imagebuilder:*:${account}:container-recipe/*`,
      ],
      conditions,
      wildcard: 'any of them may name an AMI of ours; only EC2 may ask, when it looks for references',
    });
  }

  #permitDescribe(fn: LambdaFn): void {
    permit(fn, {
      actions: ['ec2:DescribeImages'],
      resources: ['*'],
      conditions: this.#here(),
      wildcard: 'DescribeImages knows no resources',
    });
  }

  #permitOurs(fn: LambdaFn, actions: readonly string[]): void {
    permit(fn, {
      actions,
      resources: [`arn:${Stack.of(fn).partition}:ec2:*::image/*`],
      conditions: this.#here({ StringLike: { [`aws:ResourceTag/${TAGS.TEMPLATE}`]: '*' } }),
      wildcard: TAGGED,
    });
  }

  /** In the regions built in, where these keys have these values, and on the other conditions. */
  #here(others: Conditions = {}, values: Readonly<Record<string, string>> = {}): Conditions {
    return { StringEquals: { ...values, 'aws:RequestedRegion': [...this.#regions] }, ...others };
  }
}
