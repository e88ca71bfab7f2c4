import { Stack, Validations } from 'aws-cdk-lib';
import { type Conditions, InstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { IMAGE_BUILDER_PREFIX, TAGS } from '../src/contract.ts';
import { permit } from './permit.ts';

const OURS = `versions and builds are part of the ARN; the prefix ${IMAGE_BUILDER_PREFIX} and the configured regions bound it`;

export interface ImageBuilderAccessProps {
  /** Regions builds may run in. */
  readonly regions: readonly string[];
}

/**
 * What building needs in IAM: the role of the build instances, and the permissions of the functions that talk to
 * Image Builder. Its resources themselves depend on templates and are made at run time, per region.
 */
export class ImageBuilderAccess extends Construct {
  /** IAM is global: one profile serves every region. */
  readonly instanceProfile: InstanceProfile;
  readonly #instanceRole: Role;
  readonly #regions: readonly string[];

  constructor(scope: Construct, id: string, { regions }: ImageBuilderAccessProps) {
    super(scope, id);
    this.#regions = regions;
    this.#instanceRole = new Role(this, 'InstanceRole', {
      description: 'Build and test instances of EC2 Image Builder',
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('EC2InstanceProfileForImageBuilder'),
        ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore'),
      ],
    });
    this.instanceProfile = new InstanceProfile(this, 'InstanceProfile', { role: this.#instanceRole });
    for (const name of ['EC2InstanceProfileForImageBuilder', 'AmazonSSMManagedInstanceCore'])
      Validations.of(this.#instanceRole).acknowledge({
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        reason:
          'AWS names exactly these two for Image Builder instances and keeps them in step with the service',
      });
  }

  /** Look at images of ours. */
  grantLook(fn: LambdaFn): void {
    this.#permit(fn, ['imagebuilder:GetImage'], ['image']);
  }

  /** Read what is installed in images of ours. */
  grantListPackages(fn: LambdaFn): void {
    this.#permit(fn, ['imagebuilder:ListImagePackages'], ['image']);
  }

  grantCancel(fn: LambdaFn): void {
    this.grantLook(fn);
    this.#permit(fn, ['imagebuilder:CancelImageCreation'], ['image']);
  }

  /** Configurations that served one attempt alone go when it has ended. */
  grantTidy(fn: LambdaFn): void {
    this.#permit(fn, ['imagebuilder:DeleteInfrastructureConfiguration'], ['infrastructure-configuration']);
    this.#permit(fn, ['imagebuilder:DeleteDistributionConfiguration'], ['distribution-configuration']);
  }

  /** What served an AMI that is gone goes as well: its image, and the recipe and components that serve no other. */
  grantRemove(fn: LambdaFn): void {
    this.grantLook(fn);
    this.#permit(fn, ['imagebuilder:DeleteImage', 'imagebuilder:ListImageBuildVersions'], ['image']);
    this.#permit(fn, ['imagebuilder:GetImageRecipe', 'imagebuilder:DeleteImageRecipe'], ['image-recipe']);
    this.#permit(fn, ['imagebuilder:ListComponentBuildVersions', 'imagebuilder:GetComponent'], ['component']);
    // Components are what people make themselves as well, under any name.
    this.#permit(fn, ['imagebuilder:DeleteComponent'], ['component'], {
      StringLike: { [`aws:ResourceTag/${TAGS.TEMPLATE}`]: '*' },
    });
  }

  /**
   * Make what an image needs and start it, or find the one whose answer was lost. Besides each action are those AWS
   * checks with it (Service Authorization Reference, dependent actions), as far as we use what they are for.
   */
  grantStart(fn: LambdaFn): void {
    this.grantLook(fn);
    this.#permit(fn, ['imagebuilder:ListImageBuildVersions'], ['image']);
    this.#permit(fn, ['imagebuilder:CreateComponent', 'imagebuilder:TagResource'], ['component']);
    this.#permit(
      fn,
      ['imagebuilder:CreateImageRecipe', 'imagebuilder:GetImageRecipe', 'imagebuilder:TagResource'],
      ['image-recipe'],
    );
    this.#permit(
      fn,
      [
        'imagebuilder:CreateInfrastructureConfiguration',
        'imagebuilder:GetInfrastructureConfiguration',
        'imagebuilder:TagResource',
      ],
      ['infrastructure-configuration'],
    );
    this.#permit(
      fn,
      [
        'imagebuilder:CreateDistributionConfiguration',
        'imagebuilder:GetDistributionConfiguration',
        'imagebuilder:TagResource',
      ],
      ['distribution-configuration'],
    );
    this.#permit(fn, ['imagebuilder:CreateImage', 'imagebuilder:TagResource'], ['image']);
    this.#permitComponents(fn);
    this.#permitRoles(fn);
  }

  /** A template may name components that exist: those of AWS, of others, of the account. They are only read. */
  #permitComponents(fn: LambdaFn): void {
    permit(fn, {
      actions: ['imagebuilder:GetComponent'],
      resources: [`arn:${Stack.of(this).partition}:imagebuilder:*:*:component/*`],
      conditions: this.#inOurRegions(),
      wildcard: 'templates may name existing components of any owner by ARN; they are only read',
    });
    permit(fn, {
      actions: ['ec2:DescribeImages'],
      resources: ['*'],
      conditions: this.#inOurRegions(),
      wildcard: 'DescribeImages knows no resources',
    });
  }

  #permitRoles(fn: LambdaFn): void {
    const { partition } = Stack.of(this);
    permit(fn, {
      actions: ['iam:PassRole'],
      resources: [this.#instanceRole.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    permit(fn, {
      actions: ['iam:GetInstanceProfile'],
      resources: [this.instanceProfile.instanceProfileArn],
    });
    permit(fn, {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        `arn:${partition}:iam::${Stack.of(this).account}:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`,
      ],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' } },
    });
  }

  #permit(
    fn: LambdaFn,
    actions: readonly string[],
    types: readonly string[],
    conditions: Conditions = {},
  ): void {
    const { partition, account } = Stack.of(this);
    permit(fn, {
      actions,
      resources: types.map(
        (type) => `arn:${partition}:imagebuilder:*:${account}:${type}/${IMAGE_BUILDER_PREFIX}*`,
      ),
      conditions: { ...this.#inOurRegions(), ...conditions },
      wildcard: OURS,
    });
  }

  #inOurRegions() {
    return { StringEquals: { 'aws:RequestedRegion': [...this.#regions] } };
  }
}
