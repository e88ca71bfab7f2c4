import { z } from 'zod';

/**
 * What a deployment knows about its account: written by the stacks into `ENV.SETTINGS`, read by the functions.
 * It is configuration of the deployment, changed by `cdk deploy`; what may change while it runs is the policy.
 */

/** Names of AWS regions, such as `us-gov-west-1`; the list itself is AWS's and grows. */
export const REGION_NAME = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** `/auto-ami/templates/{template}/{architecture}/ami-id`: both placeholders, or two AMIs would share a name. */
export const AMI_PARAMETER_PATTERN = /^\/(?=.*\{template\})(?=.*\{architecture\})[A-Za-z0-9_.\-/{}]+$/;

/** Where builds of one region run. What is absent is left to Image Builder: its default VPC, AWS's own key. */
const regionSettings = z.strictObject({
  name: z.string().regex(REGION_NAME),
  subnetId: z.string().optional(),
  securityGroupIds: z.array(z.string()),
  /** Key of the AMIs' volumes: an ARN in this region. */
  kmsKeyId: z.string().optional(),
  /** First choice first, though Image Builder takes whichever is available: the dearest prices the reservation. Never empty. */
  instanceTypes: z.strictObject({
    x86_64: z.array(z.string()).min(1),
    arm64: z.array(z.string()).min(1),
  }),
  /** The organisation's own tags, on everything created there. */
  mandatoryTags: z.record(z.string(), z.string()),
});

export const deploymentSettingsSchema = z.strictObject({
  homeRegion: z.string().regex(REGION_NAME),
  /** The home region among them, if it builds. In the order of the configuration: the first is served first. */
  regions: z.array(regionSettings).min(1),
  /** IAM is global: one profile serves the build instances of every region. */
  instanceProfileName: z.string().min(1),
  /** Name of the published parameter, with `{template}` and `{architecture}`. */
  amiParameter: z.string().regex(AMI_PARAMETER_PATTERN),
  /**
   * Parameters of the own account that base images may be read from, as full names or with a trailing `*`. The
   * functions may read these and no others, and only their changes are events.
   */
  baseImageParameters: z.array(z.string()),
  /**
   * SSM parameter of the home region with the text of the policy a new deployment starts with: read, and kept as
   * version 1, only while the table has none (docs/adr/0004).
   */
  firstPolicyParameter: z.string().optional(),
  /** Who else may launch the AMIs, by launch permission (design §6). Absent: nobody. */
  shareWith: z
    .strictObject({
      accounts: z.array(z.string()),
      organizations: z.array(z.string()),
      organizationalUnits: z.array(z.string()),
    })
    .optional(),
  /**
   * Whether Image Builder collects the package list of each image. It fails builds where an SSM association of the
   * account collects inventory already; without it nobody can tell what is in our own images.
   */
  enhancedImageMetadata: z.boolean(),
  /** Minutes between two looks at every base image. */
  scanIntervalMinutes: z.number().int().positive(),
});

export type DeploymentSettings = z.infer<typeof deploymentSettingsSchema>;
export type RegionSettings = DeploymentSettings['regions'][number];

/**
 * Reads `ENV.SETTINGS`.
 * @throws Error naming everything that is wrong, if the text is not what the stacks write
 */
export function parseDeploymentSettings(text: string): DeploymentSettings {
  const parsed = deploymentSettingsSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`,
  );
  throw new Error(`The deployment's settings are broken; deploy the stacks again. ${problems.join('; ')}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether we build in a region, and so may call AWS there: elsewhere our permissions end. */
export function isConfigured(region: string, { regions }: Pick<DeploymentSettings, 'regions'>): boolean {
  return regions.some(({ name }) => name === region);
}

/** Why something in such a region ends, for people. */
export function unconfigured(region: string): string {
  return `region ${region} is no longer configured`;
}

/** The SSM parameter that publishes the active AMI of a template for an architecture. */
export function amiParameterName(pattern: string, template: string, architecture: string): string {
  return pattern.replaceAll('{template}', template).replaceAll('{architecture}', architecture);
}
