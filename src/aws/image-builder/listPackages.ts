import { paginateListImagePackages, type ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import type { InstalledPackage, Inventory } from '../../core/evidence/inventory.ts';
import { SECOND, type Milliseconds } from '../../core/words.ts';

/** What Image Builder gives at most: a list of 2,000 packages is eighty calls. */
const PAGE = 25;

/** Throttled calls can make it long, and whoever asks has other things to do: it is asked for again another day. */
const LIMIT: Milliseconds = 30 * SECOND;

/** No image is this large; a token that leads nowhere ends here. */
const MOST_PACKAGES = 20_000;

/** A list that does not end. */
class PackageListEndless extends Error {
  override readonly name = 'PackageListEndless';
}

/** The packages of an image, page after page. Rows without name or version say nothing. */
export async function listPackages(client: ImagebuilderClient, imageArn: string): Promise<Inventory> {
  const packages: InstalledPackage[] = [];
  const pages = paginateListImagePackages(
    { client, pageSize: PAGE },
    { imageBuildVersionArn: imageArn },
    { abortSignal: AbortSignal.timeout(LIMIT) },
  );
  for await (const { imagePackageList = [] } of pages) {
    for (const { packageName: name = '', packageVersion: version = '' } of imagePackageList)
      if (name !== '' && version !== '') packages.push({ name, version });
    if (packages.length > MOST_PACKAGES)
      throw new PackageListEndless(`${imageArn} has more than ${MOST_PACKAGES} packages`);
  }
  return packages;
}
