import { compareVersions, matchesVersion, parseArn, parseVersion } from './names.ts';
import type { RegionStore, StoredComponent } from './store.ts';

/** Builds of exactly this version, oldest first. */
export const componentsAt = (store: RegionStore, versionArn: string): readonly StoredComponent[] =>
  [...store.components.values()].filter(({ component }) => component.arn.startsWith(`${versionArn}/`));

/** The newest build of each version, in order of creation. */
export const latestBuilds = (store: RegionStore): readonly StoredComponent[] =>
  [
    ...new Map(
      [...store.components.values()].map((each) => [
        each.component.arn.slice(0, each.component.arn.lastIndexOf('/')),
        each,
      ]),
    ).values(),
  ].sort((a, b) => (a.sequence < b.sequence ? -1 : 1));

const buildOf = ({ component }: StoredComponent): number => parseArn(component.arn).build ?? 0;

/** The build an ARN means: exactly that build, or the highest build of the highest version that fits a version or pattern. */
export function findComponent(store: RegionStore, arn: string): StoredComponent | undefined {
  const exact = store.components.get(arn);
  if (exact !== undefined) return exact;
  const wanted = parseArn(arn);
  if (wanted.build !== undefined) return undefined;
  return [...store.components.values()]
    .filter(({ component }) => {
      const { owner, region, name, version = '' } = parseArn(component.arn);
      return (
        owner === wanted.owner &&
        region === wanted.region &&
        name === wanted.name &&
        matchesVersion(wanted.version ?? 'x.x.x', version)
      );
    })
    .sort(
      (a, b) =>
        compareVersions(parseVersion(a.component.version), parseVersion(b.component.version)) ||
        buildOf(a) - buildOf(b),
    )
    .at(-1);
}
