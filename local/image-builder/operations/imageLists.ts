import { z } from 'zod';
import { filtered } from '../wire/filtering.ts';
import type { FilterFields } from '../wire/filtering.ts';
import { listing, onResource } from './iamChecks.ts';
import { imagesAt } from '../resources/images.ts';
import { parseArn } from '../resources/names.ts';
import { operation } from './operation.ts';
import type { Call } from './operation.ts';
import { installedBy } from '../build/packages.ts';
import { pageOf } from '../wire/paging.ts';
import { invalidCombination, notFound } from '../wire/serviceError.ts';
import * as shape from './shapes.ts';
import type { StoredImage } from '../resources/store.ts';

const FIELDS: FilterFields<StoredImage> = {
  name: ({ image }) => image.name,
  osVersion: ({ image }) => image.osVersion,
  platform: ({ image }) => image.platform,
  type: ({ image }) => image.type,
  version: ({ image }) => image.version.split('/')[0],
};

/** Lists are behind: an image shows up some time after it was created. */
const visible = (
  images: Iterable<StoredImage>,
  { now, settings: { timing } }: Call,
): readonly StoredImage[] =>
  [...images].filter(({ createdAt }) => createdAt + timing.listLag * timing.timeScale <= now());

/** The last of each group stands for it. */
const lastPer = (
  images: readonly StoredImage[],
  key: (image: StoredImage) => string,
): readonly StoredImage[] =>
  [...new Map(images.map((each) => [key(each), each])).values()].sort((a, b) =>
    a.sequence < b.sequence ? -1 : 1,
  );

const versionArn = ({ image: { arn } }: StoredImage): string => arn.slice(0, arn.lastIndexOf('/'));

export const listImages = operation({
  name: 'ListImages',
  method: 'POST',
  path: '/ListImages',
  input: z.object({
    owner: shape.owner,
    filters: shape.filters,
    byName: z.boolean().optional(),
    includeDeprecated: z.boolean().optional(),
    ...shape.page,
  }),
  iam: (_input, { place }) => [listing('ListImages', 'image', place)],
  run({ owner, filters, byName, maxResults, nextToken }, call) {
    if (byName === true && filters?.some(({ name }) => name === 'version') === true) {
      throw invalidCombination('byName', 'You cannot combine byName with the version filter.');
    }
    const own = owner === undefined || owner === 'Self' ? visible(call.store.images.values(), call) : [];
    const fitting = filtered(own, filters, FIELDS);
    const shown = lastPer(fitting, byName === true ? ({ image }) => parseArn(image.arn).name : versionArn);
    const page = { maxResults, nextToken };
    const { items, ...rest } = pageOf(shown, ({ sequence }) => sequence, page, [
      'ListImages',
      owner,
      filters,
      byName,
    ]);
    const versions = items.map((each) => {
      const { name, type, version, platform, osVersion, dateCreated, buildType, imageSource } = each.image;
      return {
        arn: versionArn(each),
        ...{
          name,
          type,
          version: version.split('/')[0],
          platform,
          osVersion,
          dateCreated,
          buildType,
          imageSource,
        },
        owner: call.place.account,
      };
    });
    return { imageVersionList: versions, ...rest };
  },
});

export const listImageBuildVersions = operation({
  name: 'ListImageBuildVersions',
  method: 'POST',
  path: '/ListImageBuildVersions',
  input: z.object({
    imageVersionArn: shape.imageVersionArn.optional(),
    filters: shape.filters,
    ...shape.page,
  }),
  iam: ({ imageVersionArn: arn }, { place }) => [
    arn === undefined
      ? listing('ListImageBuildVersions', 'image', place)
      : onResource('ListImageBuildVersions', `${arn}/*`),
  ],
  run({ imageVersionArn: arn, filters, ...page }, call) {
    const { store, place } = call;
    const builds = visible(arn === undefined ? store.images.values() : imagesAt(store, arn), call);
    const fitting = filtered(builds, filters, FIELDS);
    const { items, ...rest } = pageOf(fitting, ({ sequence }) => sequence, page, [
      'ListImageBuildVersions',
      arn,
      filters,
    ]);
    const summaries = items.map(({ image }) => {
      const {
        name,
        type,
        version,
        platform,
        osVersion,
        state,
        dateCreated,
        outputResources,
        tags,
        buildType,
      } = image;
      const { imageSource, loggingConfiguration } = image;
      return {
        ...{
          arn: image.arn,
          name,
          type,
          version,
          platform,
          osVersion,
          state,
          dateCreated,
          outputResources,
          tags,
        },
        ...{ buildType, imageSource, loggingConfiguration, owner: place.account },
      };
    });
    return { imageSummaryList: summaries, ...rest };
  },
});

export const listImagePackages = operation({
  name: 'ListImagePackages',
  method: 'POST',
  path: '/ListImagePackages',
  input: z.object({ imageBuildVersionArn: shape.imageBuildVersionArn, ...shape.page }),
  iam: ({ imageBuildVersionArn: arn }, { store }) => [
    onResource('ListImagePackages', arn, store.images.get(arn)?.image.tags),
  ],
  run({ imageBuildVersionArn: arn, ...page }, { store, place, packagesOf }) {
    const found = store.images.get(arn);
    if (found === undefined) throw notFound(arn);
    const { image, parent, components } = found;
    // The inventory is taken while the instance lives: an image whose build ended before has none.
    const inventoried = image.enhancedImageMetadataEnabled === true && image.state.status === 'AVAILABLE';
    const installed = installedBy(components.map(({ document }) => document));
    const all =
      parent !== undefined && inventoried ? packagesOf({ arn, region: place.region, parent, installed }) : [];
    const keyed = all.map((each, at) => ({ each, key: String(at).padStart(9, '0') }));
    const { items, ...rest } = pageOf(keyed, ({ key }) => key, page, ['ListImagePackages', arn]);
    return { imagePackageList: items.map(({ each }) => each), ...rest };
  },
});
