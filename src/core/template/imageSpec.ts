import type { Architecture } from '../words.ts';
import { rootDeviceOfBase } from './baseOs.ts';
import { canonicalJson } from './canonicalJson.ts';
import { contentVersion } from './contentVersion.ts';
import type { Sha256 } from './contentVersion.ts';
import { volumeOf } from './fingerprint.ts';
import type { ImageRequest, LaunchPermission } from './imageRequest.ts';
import { offeredInstanceTypes } from './offeredInstanceTypes.ts';
import { requestProblems } from './requestProblems.ts';
import type { BlockDevice, ComponentReference, Distribution, ImageSpec } from './imageSpecTypes.ts';
import { attemptTags, sharedTags } from './imageTags.ts';
import type { Tags } from './imageTags.ts';

export type SpecifiedImage =
  | { readonly ok: true; readonly spec: ImageSpec }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Root volume where neither template nor base says more: CloudWorkstation's own default, in GiB. */
export const DEFAULT_VOLUME_GB = 20;

/** Where AWSTOE keeps its files while it works: Image Builder's own default, stated. */
const WORKING_DIRECTORY = '/tmp';

/**
 * Everything to create in Image Builder for one attempt of one region build. Components and recipe are named by their
 * content and shared by all attempts; infrastructure and distribution carry the attempt's tags and are its own.
 */
export function imageSpec(request: ImageRequest, sha256: Sha256): SpecifiedImage {
  const { template, settings, architecture, attempt, regionBuild } = request;
  const tags = attemptTags({ ...request, template: template.slug }, settings.mandatoryTags);
  const problems = requestProblems(request, tags);
  if (problems.length > 0) return { ok: false, problems };
  const shared = sharedTags({ template: template.slug }, settings.mandatoryTags);
  const target = targetName(template.slug, architecture);
  const own = configurationName({ template: template.slug, architecture, regionBuild, attempt }, sha256);
  return {
    ok: true,
    spec: {
      region: settings.region,
      components: request.components.map((component) => ({ ...component, tags: shared })),
      recipe: recipe(request, target, shared, sha256),
      infrastructure: infrastructure(request, own, tags),
      distribution: { name: own, distributions: distributions(request, tags), tags },
      image: {
        enhancedImageMetadataEnabled: settings.enhancedImageMetadata,
        imageTestsConfiguration: { imageTestsEnabled: true },
        tags,
        clientToken: sha256(`${regionBuild}#${attempt}`),
      },
    },
  };
}

/** The name of both configurations that serve one attempt alone, and go when it has ended. */
export function configurationName(
  of: {
    readonly template: string;
    readonly architecture: Architecture;
    readonly regionBuild: string;
    readonly attempt: number;
  },
  sha256: Sha256,
): string {
  const { template, architecture, regionBuild, attempt } = of;
  return `${targetName(template, architecture)}-${sha256(regionBuild).slice(0, 12)}-${attempt}`;
}

function targetName(template: string, architecture: Architecture): string {
  return `auto-ami-${template}-${DASHED[architecture]}`;
}

/** Image Builder turns underscores of names into dashes in ARNs: names have none, so that both are the same. */
const DASHED: Readonly<Record<Architecture, string>> = { x86_64: 'x86-64', arm64: 'arm64' };

function recipe(request: ImageRequest, name: string, tags: Tags, sha256: Sha256): ImageSpec['recipe'] {
  const content = {
    parentImage: request.parentImage.id,
    components: componentReferences(request),
    blockDeviceMappings: [rootVolume(request)],
    workingDirectory: WORKING_DIRECTORY,
    additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: false as const } },
  };
  const semanticVersion = contentVersion(sha256(canonicalJson(content)));
  return { name, semanticVersion, ...content, tags };
}

/** Existing components come first: the template's own steps may rely on them. They are looked up in the region built in. */
function componentReferences({
  template,
  components,
  settings,
}: ImageRequest): readonly ComponentReference[] {
  return [
    ...template.components.map((arn) => ({
      kind: 'existing' as const,
      arn: arn.replace(/^(arn:[^:]+:imagebuilder):[^:]+:/, `$1:${settings.region}:`),
    })),
    ...components.map(({ name, semanticVersion }) => ({ kind: 'own' as const, name, semanticVersion })),
  ];
}

/** Never smaller than the parent's snapshot, which EC2 would refuse. */
function rootVolume({ template, parentImage, settings }: ImageRequest): BlockDevice {
  const wanted = volumeOf(template) ?? DEFAULT_VOLUME_GB;
  return {
    deviceName: parentImage.rootDeviceName ?? rootDeviceOfBase(template.base),
    ebs: {
      volumeType: 'gp3',
      volumeSize: Math.max(wanted, parentImage.volumeGb ?? 0),
      deleteOnTermination: true,
      ...(settings.kmsKeyId === undefined ? {} : { encrypted: true, kmsKeyId: settings.kmsKeyId }),
    },
  };
}

function infrastructure(
  { template, architecture, settings }: ImageRequest,
  name: string,
  tags: Tags,
): ImageSpec['infrastructure'] {
  const { subnetId, securityGroupIds } = settings;
  return {
    name,
    instanceTypes: offeredInstanceTypes(template, settings.instanceTypes, architecture),
    instanceProfileName: settings.instanceProfileName,
    ...(subnetId === undefined ? {} : { subnetId }),
    ...(securityGroupIds.length === 0 ? {} : { securityGroupIds }),
    instanceMetadataOptions: { httpTokens: 'required' },
    terminateInstanceOnFailure: true,
    resourceTags: tags,
    tags,
  };
}

/** The build's own region alone, where the recipe settles the encryption. */
function distributions(request: ImageRequest, amiTags: Tags): readonly Distribution[] {
  const { template, architecture, settings, launchPermission } = request;
  const shared = launchPermission === undefined ? undefined : nonEmpty(launchPermission);
  return [
    {
      region: settings.region,
      amiDistributionConfiguration: {
        name: `${template.slug}-${architecture}-{{ imagebuilder:buildDate }}`,
        description: `Template ${template.slug} on ${request.parentImage.id}`,
        amiTags,
        ...(shared === undefined ? {} : { launchPermission: shared }),
      },
    },
  ];
}

function nonEmpty({
  userIds,
  organizationArns,
  organizationalUnitArns,
}: LaunchPermission): LaunchPermission | undefined {
  const given = {
    ...(userIds === undefined || userIds.length === 0 ? {} : { userIds }),
    ...(organizationArns === undefined || organizationArns.length === 0 ? {} : { organizationArns }),
    ...(organizationalUnitArns === undefined || organizationalUnitArns.length === 0
      ? {}
      : { organizationalUnitArns }),
  };
  return Object.keys(given).length === 0 ? undefined : given;
}
