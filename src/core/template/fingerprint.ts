import type { Architecture } from '../words.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Sha256 } from './contentVersion.ts';
import { PACKAGE_LISTS } from './template.ts';
import type { ResolvedTemplate } from './template.ts';

export interface FingerprintInput {
  readonly template: ResolvedTemplate;
  /** The id of the AMI the image is built on: of a base image, or of another template's AMI. */
  readonly baseImageId: string;
  readonly architecture: Architecture;
  /** Raised when an advisory matches packages of the last image, or its age passes the maximum. */
  readonly packageEpoch: number;
}

/**
 * Hash of what determines an image (design §2), as 64 hexadecimal digits. Same fingerprint, same image: it is not
 * built twice. The compiler's output and version have no part in it, so that an upgrade does not rebuild the world.
 */
export function fingerprint(input: FingerprintInput, sha256: Sha256): string {
  return sha256(
    canonicalJson({
      template: imageContent(input.template),
      baseImageId: input.baseImageId,
      architecture: input.architecture,
      packageEpoch: input.packageEpoch,
    }),
  );
}

/**
 * What of a template reaches its image. Tests count, because an image is one that has passed them. Descriptions,
 * tags, versions, launch defaults, build machines and names of steps do not; nor does the base's name, since the base
 * image's id is counted itself. Packages have no order; users, services and scripts have one.
 */
function imageContent(template: ResolvedTemplate) {
  return {
    slug: template.slug,
    packageManager: template.packageManager,
    packages: Object.fromEntries(
      PACKAGE_LISTS.map((list) => [list, [...new Set(template.packages[list])].sort()]),
    ),
    services: template.services.map(({ name, port, config, enable, command, user }) => ({
      name,
      port,
      config,
      enabled: enable ?? true,
      command,
      user,
    })),
    users: template.users.map(({ name, groups, shell }) => ({ name, groups: [...groups].sort(), shell })),
    postInstall: template.postInstall.map(({ script }) => script),
    components: template.components,
    tests: template.tests.map(({ command, expect }) => ({ command, expect })),
    volumeGb: volumeOf(template),
  };
}

/** The size of the root volume the template asks for in GiB, if it asks for one. */
export function volumeOf({ build, instanceDefaults }: ResolvedTemplate): number | undefined {
  return build.volumeGb ?? instanceDefaults.rootVolumeGb;
}
