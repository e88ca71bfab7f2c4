import { basesOf } from '../core/base-images/basesOf.ts';
import type { Grant, RegionBuild } from '../core/builds/regionBuild.ts';
import { potNameOf } from '../core/money/potKeys.ts';
import { compileOn } from '../core/template/compileOn.ts';
import { imageSpec } from '../core/template/imageSpec.ts';
import type { LaunchPermission, RegionSettings } from '../core/template/imageRequest.ts';
import type { ImageSpec } from '../core/template/imageSpecTypes.ts';
import type { ResolvedTemplate } from '../core/template/template.ts';
import type { Services } from '../ports.ts';
import type { DeploymentSettings } from '../settings.ts';
import { BaseImageGone, ImpossibleImage } from './buildErrors.ts';
import { currentPolicy } from './currentPolicy.ts';

export type RequestingServices = Pick<
  Services,
  'settings' | 'policies' | 'parentImages' | 'packageChecks' | 'sha256'
>;

/**
 * Everything to create in Image Builder for one attempt: the template compiled for its base image, in its region's
 * place. `rootBase` is the base image that the template rests on at last.
 * @throws ImpossibleImage naming everything that is wrong
 * @throws BaseImageGone
 */
export async function requestImage(
  build: RegionBuild,
  grant: Grant,
  template: ResolvedTemplate,
  rootBase: string,
  services: RequestingServices,
): Promise<ImageSpec> {
  const { sha256 } = services;
  const settings = regionSettings(services.settings, build.region);
  const { shareWith } = services.settings;
  const { policy } = await currentPolicy(services);
  // Raised with the epoch in one commit: a grant of another epoch does not come this far.
  const { upgrade = [] } = (await services.packageChecks.get(build)) ?? {};
  const compiled = compileOn(template, basesOf(policy).get(rootBase), { sha256, upgrade });
  if (!compiled.ok) throw new ImpossibleImage(compiled.problems.join(' '));
  const parentImage = await services.parentImages.describe(build.region, grant.baseImageId);
  if (parentImage === undefined)
    throw new BaseImageGone(
      `${grant.baseImageId} (${grant.baseImageName}) is not in ${build.region} any more`,
    );
  const payers = grantsPaying(grant);
  const specified = imageSpec(
    {
      template,
      components: compiled.components,
      architecture: build.architecture,
      parentImage,
      settings,
      build: build.build,
      regionBuild: build.id,
      attempt: grant.attempt,
      fingerprint: grant.fingerprint,
      ...(payers === undefined ? {} : { grant: payers }),
      ...(shareWith === undefined ? {} : { launchPermission: launchPermission(shareWith) }),
    },
    sha256,
  );
  if (!specified.ok) throw new ImpossibleImage(specified.problems.join(' '));
  return specified.spec;
}

function regionSettings(
  { regions, instanceProfileName, enhancedImageMetadata }: DeploymentSettings,
  name: string,
): RegionSettings {
  const own = regions.find((region) => region.name === name);
  if (own === undefined) throw new ImpossibleImage(`this deployment does not build in ${name} any more`);
  const { subnetId, securityGroupIds, kmsKeyId, instanceTypes, mandatoryTags } = own;
  return {
    region: name,
    securityGroupIds,
    instanceTypes,
    instanceProfileName,
    enhancedImageMetadata,
    mandatoryTags,
    ...(subnetId === undefined ? {} : { subnetId }),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  };
}

/** What of the settings Image Builder takes for its distribution, by its own names. */
function launchPermission({
  accounts,
  organizations,
  organizationalUnits,
}: NonNullable<DeploymentSettings['shareWith']>): LaunchPermission {
  return {
    userIds: accounts,
    organizationArns: organizations,
    organizationalUnitArns: organizationalUnits,
  };
}

/** Ids of the grants on which the attempt is booked, as one value of a tag. */
function grantsPaying({ reservation }: Grant): string | undefined {
  const ids = reservation.holdings.flatMap(({ key }) => {
    const name = potNameOf(key);
    return 'grant' in name ? [name.grant] : [];
  });
  return ids.length === 0 ? undefined : ids.join('+');
}
