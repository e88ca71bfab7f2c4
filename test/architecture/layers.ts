import { importsOf, type Source } from './sources.ts';

/** A part of the project, and what its files may import besides each other. */
interface Layer {
  /** A folder, or a file without its ending. */
  readonly at: string;
  /** Folders, files without their ending, and packages; a `*` at the end stands for anything. */
  readonly imports: readonly string[];
}

const NODE = 'node:*';
const SDK = ['@aws-sdk/*', '@smithy/*', '@aws-crypto/*'];
const CDK = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'];

/**
 * The dependency rule (design §9): what is not listed is an error. Of several layers that hold a file the innermost
 * counts. Nothing that is deployed imports `local`, `test`, or the ports in memory.
 */
export const LAYERS: readonly Layer[] = [
  // Pure: of packages only those that compute from their arguments.
  { at: 'src/core', imports: ['zod', 'yaml', 'temporal-polyfill'] },
  { at: 'src/contract', imports: ['src/core/events'] },
  { at: 'src/settings', imports: ['src/core', 'zod'] },
  { at: 'src/ports', imports: ['src/core', 'src/settings'] },
  // Use cases: those of the control API answer in its words.
  { at: 'src/app', imports: ['src/core', 'src/ports', 'src/settings'] },
  { at: 'src/app/control', imports: ['src/app', 'src/api', 'src/core', 'src/ports', 'src/settings'] },
  // Both sides of the control API; what goes over the network is in its client alone.
  { at: 'src/api', imports: ['src/core', 'zod'] },
  { at: 'src/api/client', imports: ['src/api', 'src/contract', 'src/core', 'zod', NODE, ...SDK] },
  // What comes from outside, made into our words.
  { at: 'src/incoming', imports: ['src/contract', 'src/core', 'zod'] },
  // The ports, on AWS, on the feeds of vulnerability data, and in memory.
  {
    at: 'src/aws',
    imports: [
      ...['src/contract', 'src/core', 'src/ports', 'src/settings'],
      ...['zod', NODE, ...SDK, '@aws-lambda-powertools/*'],
    ],
  },
  { at: 'src/feeds', imports: ['src/core', 'src/ports', NODE] },
  { at: 'src/memory', imports: ['src/core', 'src/ports', 'src/settings'] },
  // The composition root.
  {
    at: 'src/runtime',
    imports: [
      ...['src/api', 'src/aws', 'src/contract', 'src/core', 'src/feeds', 'src/ports', 'src/settings'],
      ...['zod', NODE, '@aws-sdk/*', '@aws-lambda-powertools/*', 'aws-lambda'],
    ],
  },
  { at: 'lambdas', imports: ['src/app', 'src/incoming', 'src/runtime'] },
  // Thin: what works without AWS, such as checking a policy file, may use the core.
  { at: 'cli', imports: ['src/api', 'src/core', 'package.json', 'commander', NODE] },
  // Names lambdas and state machines by their paths.
  {
    at: 'lib',
    imports: [
      ...['src/api/routes', 'src/contract', 'src/core', 'src/settings'],
      ...['zod', 'yaml', 'esbuild', NODE, ...CDK],
    ],
  },
  { at: 'bin', imports: ['cli', 'lib', 'src/core', NODE, ...CDK] },
  // The local AWS and what is shown on it: never deployed.
  {
    at: 'local',
    imports: ['cli', 'src/api', 'src/contract', 'src/core', 'src/settings', 'yaml', 'zod', NODE, ...SDK],
  },
];

/** Whether a file belongs to what a layer is named by: a folder, or itself. */
export const holds = (layer: string, path: string): boolean =>
  path === `${layer}.ts` || path.startsWith(`${layer}/`);

const matches = (allowed: string, imported: string): boolean =>
  imported === allowed ||
  holds(allowed, imported) ||
  (allowed.endsWith('*') && imported.startsWith(allowed.slice(0, -1)));

/** Every import that the dependency rule does not allow. */
export function layeringErrors(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => {
    const layer = LAYERS.filter(({ at }) => holds(at, source.path)).sort(
      (a, b) => b.at.length - a.at.length,
    )[0];
    if (layer === undefined) return [`${source.path} belongs to no layer`];
    return importsOf(source)
      .filter((imported) => ![layer.at, ...layer.imports].some((allowed) => matches(allowed, imported)))
      .map((imported) => `${source.path} → ${imported}`);
  });
}
