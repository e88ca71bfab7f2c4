import type { Architecture } from '../words.ts';
import type { Tags } from './imageTags.ts';
import type { ComponentSpec } from './packComponents.ts';
import type { ResolvedTemplate } from './template.ts';

/** How images are built in one region: part of the deployment's configuration. */
export interface RegionSettings {
  readonly region: string;
  /** Absent: the default VPC. */
  readonly subnetId?: string;
  readonly securityGroupIds: readonly string[];
  /** Encrypts build volumes and images; absent: the account's default for EBS. */
  readonly kmsKeyId?: string;
  /** In order of preference, for templates that name none. */
  readonly instanceTypes: Readonly<Record<Architecture, readonly string[]>>;
  readonly instanceProfileName: string;
  /** Whether Image Builder collects the image's package list. */
  readonly enhancedImageMetadata: boolean;
  readonly mandatoryTags: Tags;
}

/** The AMI an image is built on, with what DescribeImages says of it. */
export interface ParentImage {
  readonly id: string;
  /** Absent: told from the name of the base. */
  readonly rootDeviceName?: string;
  /** Size of its root snapshot in GiB: no image on it can be smaller. */
  readonly volumeGb?: number;
}

/** Who else may launch the image. Absent or empty: nobody. */
export interface LaunchPermission {
  readonly userIds?: readonly string[];
  readonly organizationArns?: readonly string[];
  readonly organizationalUnitArns?: readonly string[];
}

export interface ImageRequest {
  readonly template: ResolvedTemplate;
  /** What `compileTemplate` made of it. */
  readonly components: readonly ComponentSpec[];
  readonly architecture: Architecture;
  readonly parentImage: ParentImage;
  readonly settings: RegionSettings;
  readonly build: string;
  readonly regionBuild: string;
  /** 1 for the first try; every retry is a new attempt. */
  readonly attempt: number;
  readonly fingerprint: string;
  readonly grant?: string;
  readonly launchPermission?: LaunchPermission;
}
