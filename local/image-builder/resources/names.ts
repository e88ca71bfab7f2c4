import { ServiceError } from '../wire/serviceError.ts';
import type { Place } from '../sides.ts';

/** Upper limit of each node of a semantic version: 2^30-1. */
const LARGEST_NODE = 1_073_741_823;

/** Names that differ only in case, spaces or underscores are the same name in an ARN. */
export const slug = (name: string): string => name.toLowerCase().replaceAll(/[ _]/g, '-');

export const arnOf = (
  { account, region }: Place,
  kind: string,
  ...parts: readonly (string | number)[]
): string => `arn:aws:imagebuilder:${region}:${account}:${[kind, ...parts].join('/')}`;

/** `arn:aws:imagebuilder:<region>:<owner>:<kind>/<name>[/<version>[/<build>]]` taken apart. */
export interface ArnParts {
  readonly region: string;
  readonly owner: string;
  readonly kind: string;
  readonly name: string;
  readonly version?: string;
  readonly build?: number;
}

/** @throws Error if it is no Image Builder ARN: callers have validated the pattern before. */
export function parseArn(arn: string): ArnParts {
  const match = /^arn:aws[^:]*:imagebuilder:([^:]+):([^:]+):([^/]+)\/([^/]+)(?:\/([^/]+))?(?:\/(\d+))?$/.exec(
    arn,
  );
  if (match === null) throw new Error(`Not an Image Builder ARN: ${arn}`);
  const [, region = '', owner = '', kind = '', name = '', version, build] = match;
  return {
    region,
    owner,
    kind,
    name,
    ...(version === undefined ? {} : { version }),
    ...(build === undefined ? {} : { build: Number(build) }),
  };
}

export type Version = readonly [major: number, minor: number, patch: number];

/** @throws ServiceError InvalidVersionNumberException above 2^30-1 */
export function parseVersion(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  if (Math.max(major, minor, patch) > LARGEST_NODE) {
    throw new ServiceError(
      'InvalidVersionNumberException',
      `The version number '${text}' is not valid. Each node must be a number between 0 and ${LARGEST_NODE}.`,
    );
  }
  return [major, minor, patch];
}

export const compareVersions = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Whether `version` fits a pattern such as `1.x.x`; an exact version fits itself. */
export const matchesVersion = (pattern: string, version: string): boolean => {
  const nodes = version.split('.');
  return pattern.split('.').every((node, at) => node === 'x' || Number(node) === Number(nodes[at]));
};

/**
 * The version a new recipe gets for `1.0.x`: the highest existing match with the first wildcard raised by one, lower nodes zero.
 * @throws ServiceError if a number follows a wildcard
 */
export function nextVersion(pattern: string, existing: readonly string[]): string {
  const nodes = pattern.split('.');
  const wild = nodes.indexOf('x');
  if (wild === -1) return parseVersion(pattern).join('.');
  if (nodes.slice(wild).some((node) => node !== 'x')) {
    throw new ServiceError(
      'InvalidVersionNumberException',
      `The version number '${pattern}' is not valid. All nodes to the right of the first wildcard must also be wildcards.`,
    );
  }
  const prefix = [...nodes.slice(0, wild), ...nodes.slice(wild).map(() => 'x')].join('.');
  const highest = existing
    .filter((version) => matchesVersion(prefix, version))
    .map((version) => parseVersion(version)[wild] ?? 0)
    .reduce((most, node) => Math.max(most, node), wild === 0 ? 0 : -1);
  return parseVersion([...nodes.slice(0, wild), highest + 1, 0, 0].slice(0, 3).join('.')).join('.');
}

/** The ARNs under which the newest version of this resource can be referred to. */
export function latestVersionReferences(
  place: Place,
  kind: string,
  name: string,
  version: string,
): Record<
  'latestVersionArn' | 'latestMajorVersionArn' | 'latestMinorVersionArn' | 'latestPatchVersionArn',
  string
> {
  const [major, minor, patch] = parseVersion(version);
  return {
    latestVersionArn: arnOf(place, kind, name, 'x.x.x'),
    latestMajorVersionArn: arnOf(place, kind, name, `${major}.x.x`),
    latestMinorVersionArn: arnOf(place, kind, name, `${major}.${minor}.x`),
    latestPatchVersionArn: arnOf(place, kind, name, `${major}.${minor}.${patch}`),
  };
}
