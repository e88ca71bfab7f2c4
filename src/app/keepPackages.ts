import type { Ami } from '../core/builds/target.ts';
import type { Inventory } from '../core/evidence/inventory.ts';
import type { Services } from '../ports.ts';

type Copied = Pick<Ami, 'region' | 'amiId' | 'architecture' | 'baseImageName' | 'createdAt' | 'imageArn'>;

/**
 * Copies an AMI's package list from Image Builder into the table. A list that cannot be read or kept is no fault of
 * the AMI: undefined, said in the log, and asked for again by the daily check.
 */
export async function keepPackages(
  ami: Copied,
  { imageBuilder, packageLists, log }: Pick<Services, 'imageBuilder' | 'packageLists' | 'log'>,
): Promise<Inventory | undefined> {
  const { amiId, region, imageArn } = ami;
  try {
    const packages = await imageBuilder.packages(region, imageArn);
    if (packages.length === 0) {
      log.warn('Image Builder has no package list of an AMI', { amiId, imageArn });
      return undefined;
    }
    await packageLists.keep(ami, packages);
    return packages;
  } catch (error) {
    log.warn('the package list of an AMI could not be copied', { amiId, imageArn, error });
    return undefined;
  }
}
