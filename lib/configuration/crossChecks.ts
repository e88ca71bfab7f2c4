import { ARCHITECTURES, type Architecture } from '../../src/core/words.ts';
import type { ConfigurationProblem } from './configuration.ts';
import type { WrittenConfiguration } from './schema.ts';

/** Image Builder puts at most 30 tags on a build instance; ours need some of them. */
const MAXIMUM_MANDATORY_TAGS = 20;

type Check = (written: WrittenConfiguration) => ConfigurationProblem[];

/** What is right by itself and wrong together. */
export function crossChecks(written: WrittenConfiguration): ConfigurationProblem[] {
  return CHECKS.flatMap((check) => check(written));
}

const CHECKS: readonly Check[] = [
  function someRegion({ regions }) {
    return regions !== undefined && Object.keys(regions).length === 0
      ? [{ path: ['regions'], message: 'must name at least one region, or be left out' }]
      : [];
  },

  function onePartition({ homeRegion, regions = {} }) {
    return Object.keys(regions)
      .filter((name) => partitionOf(name) !== partitionOf(homeRegion))
      .map((name) => ({
        path: ['regions', name],
        message: `is in another partition than the home region ${homeRegion}: no event passes between them`,
      }));
  },

  function keyInItsRegion({ regions = {} }) {
    return Object.entries(regions).flatMap(([name, { kmsKeyId }]) => {
      const region = kmsKeyId?.split(':')[3];
      return region === undefined || region === name
        ? []
        : [
            {
              path: ['regions', name, 'kmsKeyId'],
              message: `is a key of ${region}; a key serves its own region only`,
            },
          ];
    });
  },

  function architectureOfInstanceTypes({ instanceTypes, regions = {} }) {
    const places = [
      { path: ['instanceTypes'], types: instanceTypes },
      ...Object.entries(regions).map(([name, place]) => ({
        path: ['regions', name, 'instanceTypes'],
        types: place.instanceTypes,
      })),
    ];
    return places.flatMap(({ path, types }) =>
      ARCHITECTURES.flatMap((architecture) =>
        (types[architecture] ?? [])
          .filter((type) => architectureOf(type) !== architecture)
          .map((type) => ({
            path: [...path, architecture],
            message: `${type} is an ${architectureOf(type)} instance type`,
          })),
      ),
    );
  },

  function fewTags({ mandatoryTags, regions = {} }) {
    return Object.entries({ '': { mandatoryTags: {} }, ...regions }).flatMap(([name, place]) => {
      const count = Object.keys({ ...mandatoryTags, ...place.mandatoryTags }).length;
      return count <= MAXIMUM_MANDATORY_TAGS
        ? []
        : [
            {
              path: name === '' ? ['mandatoryTags'] : ['regions', name, 'mandatoryTags'],
              message: `are ${count} tags; Image Builder leaves room for ${MAXIMUM_MANDATORY_TAGS}`,
            },
          ];
    });
  },

  /** A published AMI that were a base image would start the next build of itself, for ever. */
  function noFeedback({ amiParameter, baseImageParameters }) {
    const published = amiParameter.split('{')[0] ?? '';
    return baseImageParameters.flatMap((pattern, index) => {
      const stem = pattern.replace(/\*$/, '');
      const overlaps = stem.startsWith(published) || (pattern.endsWith('*') && published.startsWith(stem));
      return overlaps
        ? [
            {
              path: ['baseImageParameters', index],
              message: `overlaps ${amiParameter}, where finished AMIs are published: each build would start the next`,
            },
          ]
        : [];
    });
  },
];

function partitionOf(region: string): string {
  return /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/.exec(region)?.[1] ?? 'aws';
}

/** Graviton families carry a `g` after their generation's number: m7g, c7gn, im4gn, t4g; and a1. */
function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z0-9-]*)\./.test(instanceType) ? 'arm64' : 'x86_64';
}
