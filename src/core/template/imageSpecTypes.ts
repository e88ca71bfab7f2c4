import type { LaunchPermission } from './imageRequest.ts';
import type { Tags } from './imageTags.ts';
import type { ComponentSpec } from './packComponents.ts';

/** A component of the recipe: one we create, named and versioned, or one that exists, by ARN. */
export type ComponentReference =
  | { readonly kind: 'own'; readonly name: string; readonly semanticVersion: string }
  | { readonly kind: 'existing'; readonly arn: string };

/** Everything that is created in Image Builder for one attempt of one region build, in the API's own terms. */
export interface ImageSpec {
  readonly region: string;
  readonly components: readonly (ComponentSpec & { readonly tags: Tags })[];
  readonly recipe: {
    readonly name: string;
    /** Made of the hash of everything in the recipe: one version, one recipe. */
    readonly semanticVersion: string;
    readonly parentImage: string;
    /** To be turned into ARNs of this region, in this order. */
    readonly components: readonly ComponentReference[];
    readonly blockDeviceMappings: readonly BlockDevice[];
    readonly workingDirectory: string;
    readonly additionalInstanceConfiguration: {
      readonly systemsManagerAgent: { readonly uninstallAfterBuild: false };
    };
    readonly tags: Tags;
  };
  readonly infrastructure: {
    readonly name: string;
    readonly instanceTypes: readonly string[];
    readonly instanceProfileName: string;
    readonly subnetId?: string;
    readonly securityGroupIds?: readonly string[];
    readonly instanceMetadataOptions: { readonly httpTokens: 'required' };
    readonly terminateInstanceOnFailure: true;
    /** On the build and test instances and their volumes. */
    readonly resourceTags: Tags;
    readonly tags: Tags;
  };
  readonly distribution: {
    readonly name: string;
    readonly distributions: readonly Distribution[];
    readonly tags: Tags;
  };
  readonly image: {
    readonly enhancedImageMetadataEnabled: boolean;
    readonly imageTestsConfiguration: { readonly imageTestsEnabled: true };
    readonly tags: Tags;
    /** The same for the same attempt, however often it is asked for: CreateImage starts one build per token. */
    readonly clientToken: string;
  };
}

export interface BlockDevice {
  readonly deviceName: string;
  readonly ebs: {
    readonly volumeType: 'gp3';
    /** GiB. */
    readonly volumeSize: number;
    readonly deleteOnTermination: true;
    readonly encrypted?: true;
    readonly kmsKeyId?: string;
  };
}

export interface Distribution {
  readonly region: string;
  readonly amiDistributionConfiguration: {
    readonly name: string;
    readonly description: string;
    readonly amiTags: Tags;
    readonly launchPermission?: LaunchPermission;
  };
}
