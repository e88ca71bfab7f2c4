import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import type { Architecture } from '../../src/core/words.ts';
import type { RegionSettings } from '../../src/settings.ts';
import { settingsProblem } from '../deploymentSettings.ts';
import { ConfigurationError, type Configuration, type ConfigurationProblem } from './configuration.ts';
import { crossChecks } from './crossChecks.ts';
import { configurationSchema, type WrittenConfiguration } from './schema.ts';

/** Small, current and everywhere: a build of packages waits for the network, not for cores. */
const DEFAULT_INSTANCE_TYPES: Record<Architecture, string[]> = {
  x86_64: ['m7i-flex.large', 'm6i.large'],
  arm64: ['m7g.large', 'm6g.large'],
};

/**
 * A configuration from its YAML (or JSON) text.
 * @param source name of the file, for the problems
 * @throws ConfigurationError naming everything that is wrong, with lines
 */
export function readConfiguration(text: string, source: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    throw new ConfigurationError(
      document.errors.map((error) => `${source}: ${error.message.split('\n')[0]?.replace(/:$/, '') ?? ''}`),
    );

  const parsed = configurationSchema.safeParse(document.toJS() ?? {});
  const problems = parsed.success ? crossChecks(parsed.data) : parsed.error.issues.flatMap(problemsOf);
  if (!parsed.success || problems.length > 0)
    throw new ConfigurationError(inWords(problems, source, document, lines));
  const configuration = complete(parsed.data);
  const tooMuch = settingsProblem(configuration);
  if (tooMuch !== undefined) throw new ConfigurationError([`${source}: ${tooMuch}`]);
  return configuration;
}

function complete({ regions, instanceTypes, ...written }: WrittenConfiguration): Configuration {
  const places = Object.entries(
    regions ?? { [written.homeRegion]: { securityGroupIds: [], instanceTypes: {}, mandatoryTags: {} } },
  );
  return {
    ...withoutUndefined(written),
    regions: places.map(([name, place]): RegionSettings => ({
      ...withoutUndefined(place),
      name,
      instanceTypes: {
        ...DEFAULT_INSTANCE_TYPES,
        ...withoutUndefined(instanceTypes),
        ...withoutUndefined(place.instanceTypes),
      },
      mandatoryTags: { ...written.mandatoryTags, ...place.mandatoryTags },
    })),
  };
}

type WithoutUndefined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** zod writes absent optional keys as `undefined`; spread over a default, that would take the default away. */
function withoutUndefined<T extends object>(value: T): WithoutUndefined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as WithoutUndefined<T>;
}

function problemsOf(issue: z.core.$ZodIssue): ConfigurationProblem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a key that is known here' }));
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message }));
  if (issue.code === 'invalid_union')
    return [{ path, message: 'must be an email address, or {email, templates}' }];
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  return [{ path, message: missing ? 'is missing' : issue.message }];
}

/** In the order of the file: `auto-ami.config.yaml:4: regions.us-west-2.subnetId: must be …`. */
function inWords(
  problems: readonly ConfigurationProblem[],
  source: string,
  document: Document,
  lines: LineCounter,
): string[] {
  return problems
    .map((problem) => ({ ...problem, offset: offsetOf(problem.path, document) ?? 0 }))
    .sort((one, other) => one.offset - other.offset)
    .map(({ path, message, offset }) => {
      const place = document.contents === null ? source : `${source}:${lines.linePos(offset).line}`;
      return path.length === 0 ? `${place}: ${message}` : `${place}: ${path.join('.')}: ${message}`;
    });
}

/** Where a key stands; of what is missing, where its nearest parent does. */
function offsetOf(path: readonly (string | number)[], document: Document): number | undefined {
  const parent = path.length < 2 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
  const keyRange = (pair?.key as { range?: readonly number[] } | undefined)?.range;
  if (keyRange !== undefined) return keyRange[0];
  const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
  if (node?.range !== undefined) return node.range[0];
  return path.length === 0 ? undefined : offsetOf(path.slice(0, -1), document);
}
