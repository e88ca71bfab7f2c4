import { ARCHITECTURES } from '../words.ts';
import type { Architecture } from '../words.ts';
import { knownFields } from './knownFields.ts';
import { instanceArchitecture } from './instanceArchitecture.ts';
import { INSTANCE_TYPE } from './names.ts';
import { readInteger, readList, readName, readOneOf } from './readValues.ts';
import { STRATEGIES } from './template.ts';
import type { BuildSettings, InstanceDefaults, Strategy } from './template.ts';
import { isList, problem, warn } from './yamlCursor.ts';
import type { Cursor } from './yamlCursor.ts';

/** Sizes an EBS root volume can have, in GiB. */
const MAX_VOLUME_GB = 16_000;

const KEYS = ['strategy', 'instance_types', 'volume_gb', 'max_minutes'] as const;

/** The `auto_ami:` block, which is ours: unknown keys in it are problems. */
export function readBuildSettings(at: Cursor | undefined, minDiskSize: Cursor | undefined): BuildSettings {
  const given = at === undefined ? {} : knownFields(at, KEYS, 'refuse');
  const strategy = given.strategy === undefined ? undefined : readStrategy(given.strategy);
  const volume = given.volume_gb ?? minDiskSize;
  const volumeGb = volume === undefined ? undefined : readInteger(volume, 1, MAX_VOLUME_GB);
  const maxMinutes = given.max_minutes === undefined ? undefined : readInteger(given.max_minutes, 5, 720);
  return {
    instanceTypes: readInstanceTypes(given.instance_types),
    ...(strategy === undefined ? {} : { strategy }),
    ...(volumeGb === undefined ? {} : { volumeGb }),
    ...(maxMinutes === undefined ? {} : { maxMinutes }),
  };
}

function readStrategy(at: Cursor): Strategy | undefined {
  const strategy = readOneOf(at, STRATEGIES);
  if (strategy !== undefined && strategy !== 'build')
    warn(at, `This version does not copy images: with ${strategy}, too, each region builds its own.`);
  return strategy;
}

function readInstanceTypes(at: Cursor | undefined): BuildSettings['instanceTypes'] {
  if (at === undefined) return {};
  const types: Partial<Record<Architecture, readonly string[]>> = {};
  for (const [architecture, value] of Object.entries(knownFields(at, ARCHITECTURES, 'refuse'))) {
    const known = ARCHITECTURES.find((candidate) => candidate === architecture);
    const read = (entry: Cursor) => {
      const type = readName(entry, INSTANCE_TYPE);
      if (type === undefined || instanceArchitecture(type) === known) return type;
      problem(entry, `${type} is not an instance type of ${architecture}`);
      return undefined;
    };
    const list = isList(value)
      ? readList(value, 'a list of instance types', read)
      : [read(value) ?? ''].filter(Boolean);
    if (known !== undefined && list.length > 0) types[known] = list;
  }
  return types;
}

/** `architectures:` as a word or a list. */
export function readArchitectures(at: Cursor | undefined): readonly Architecture[] | undefined {
  if (at === undefined) return undefined;
  const read = (entry: Cursor) => readOneOf(entry, ARCHITECTURES);
  const one = isList(at) ? undefined : read(at);
  const listed = isList(at) ? readList(at, 'a list of architectures', read) : one === undefined ? [] : [one];
  return listed.length === 0
    ? undefined
    : ARCHITECTURES.filter((architecture) => listed.includes(architecture));
}

/** `instance_defaults:`; of it only the size of the root volume concerns an image. */
export function readInstanceDefaults(at: Cursor | undefined): InstanceDefaults {
  if (at === undefined) return { ports: [] };
  const given = knownFields(at, ['type', 'ports', 'root_volume_gb'], 'keep');
  const type = given.type === undefined ? undefined : readName(given.type, INSTANCE_TYPE);
  const rootVolumeGb =
    given.root_volume_gb === undefined ? undefined : readInteger(given.root_volume_gb, 1, MAX_VOLUME_GB);
  return {
    ports: readList(given.ports, 'a list of ports', (port) => readInteger(port, 1, 65_535)),
    ...(type === undefined ? {} : { type }),
    ...(rootVolumeGb === undefined ? {} : { rootVolumeGb }),
  };
}
