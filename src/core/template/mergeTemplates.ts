import { packageKey } from './names.ts';
import { DEFAULT_ARCHITECTURES, DEFAULT_STRATEGY, PACKAGE_LISTS } from './template.ts';
import type { PackageList, Packages, ResolvedTemplate, Script, Service, Template, User } from './template.ts';

/**
 * One template out of its ancestors' definitions and its own, in that order (docs/templates.md, "Inheritance"):
 * lists grow, entries of the same name are merged, single values of the later definition win. What identifies a
 * template (slug, name, description, version, extra) is its own alone.
 */
export function mergeTemplates(
  ancestors: readonly Template[],
  own: Template,
  base: string,
): ResolvedTemplate {
  const all = [...ancestors, own];
  const latest = <Value>(read: (template: Template) => Value | undefined): Value | undefined =>
    all.map(read).findLast((value) => value !== undefined);
  const userData = latest((template) => template.userData);
  const amiConfig = latest((template) => template.amiConfig);
  const rootVolumeGb = latest((template) => template.instanceDefaults.rootVolumeGb);
  const launchType = latest((template) => template.instanceDefaults.type);
  const volumeGb = latest((template) => template.build.volumeGb);
  const maxMinutes = latest((template) => template.build.maxMinutes);
  return {
    slug: own.slug,
    name: own.name,
    description: own.description,
    ...(own.version === undefined ? {} : { version: own.version }),
    base,
    inherits: own.inherits,
    ancestors: ancestors.map((template) => template.slug),
    architectures: latest((template) => template.architectures) ?? DEFAULT_ARCHITECTURES,
    packageManager: latest((template) => template.packageManager) ?? 'auto',
    packages: mergePackages(all),
    services: mergeByName(
      all.flatMap((template) => template.services),
      mergeServices,
    ),
    users: mergeByName(
      all.flatMap((template) => template.users),
      mergeUsers,
    ),
    postInstall: mergeScripts(all),
    ...(userData === undefined ? {} : { userData }),
    components: [...new Set(all.flatMap((template) => template.components))],
    tests: mergeByName(
      all.flatMap((template) => template.tests),
      (_, later) => later,
    ),
    instanceDefaults: {
      ports: [...new Set(all.flatMap((template) => template.instanceDefaults.ports))],
      ...(launchType === undefined ? {} : { type: launchType }),
      ...(rootVolumeGb === undefined ? {} : { rootVolumeGb }),
    },
    ...(amiConfig === undefined ? {} : { amiConfig }),
    build: {
      strategy: latest((template) => template.build.strategy) ?? DEFAULT_STRATEGY,
      instanceTypes: Object.assign(
        {},
        ...all.map((template) => template.build.instanceTypes),
      ) as Template['build']['instanceTypes'],
      ...(volumeGb === undefined ? {} : { volumeGb }),
      ...(maxMinutes === undefined ? {} : { maxMinutes }),
    },
    tags: Object.assign({}, ...all.map((template) => template.tags)) as Template['tags'],
    extra: own.extra,
  };
}

/** The union of every list; a child's `python=3.12` takes the place of its parent's `python=3.11`. */
function mergePackages(all: readonly Template[]): Packages {
  const merge = (list: PackageList) => [
    ...new Map(
      all.flatMap((template) => template.packages[list]).map((spec) => [packageKey(list, spec), spec]),
    ).values(),
  ];
  const merged: Partial<Record<PackageList, readonly string[]>> = {};
  for (const list of PACKAGE_LISTS) merged[list] = merge(list);
  return { system: [], apt: [], dnf: [], conda: [], pip: [], ...merged };
}

/** Ancestors' scripts first; a script that reaches a template by two ways runs once. */
function mergeScripts(all: readonly Template[]): readonly Script[] {
  return [
    ...new Map(
      all
        .flatMap((template) => template.postInstall)
        .map((script) => [`${script.name}\n${script.script}`, script]),
    ).values(),
  ];
}

function mergeByName<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  merge: (earlier: Entry, later: Entry) => Entry,
): readonly Entry[] {
  const merged = new Map<string, Entry>();
  for (const entry of entries) {
    const earlier = merged.get(entry.name);
    merged.set(entry.name, earlier === undefined ? entry : merge(earlier, entry));
  }
  return [...merged.values()];
}

function mergeServices(earlier: Service, later: Service): Service {
  return { ...earlier, ...later, config: [...new Set([...earlier.config, ...later.config])] };
}

function mergeUsers(earlier: User, later: User): User {
  return { ...earlier, ...later, groups: [...new Set([...earlier.groups, ...later.groups])] };
}
