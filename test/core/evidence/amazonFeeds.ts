import { readFileSync } from 'node:fs';
import type { AdvisoryFacts, ReleaseFacts } from '../../../local/feeds/amazonShapes.ts';

export * from '../../../local/feeds/amazonShapes.ts';

/** The facts in `test/fixtures/amazon-linux`, of which the feeds are made. */

const folder = new URL('../../fixtures/amazon-linux/', import.meta.url);
const load = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

export interface ReplayRow {
  readonly image: string;
  readonly from: string;
  readonly to: string;
  readonly known: boolean;
  readonly rebuilt?: boolean;
  /** `name before after` of the default 6.1 image, the number of changes of the others. */
  readonly changes: readonly string[] | number;
  /** `id how` */
  readonly advisories: readonly string[];
  readonly cves: readonly string[];
  readonly level: string;
}

export const al2023Releases = (): readonly ReleaseFacts[] =>
  load('al2023-releases.json') as readonly ReleaseFacts[];
export const al2Releases = (): readonly ReleaseFacts[] =>
  load('al2-releases.json') as readonly ReleaseFacts[];
export const alas2023 = (): readonly AdvisoryFacts[] => load('alas-2023.json') as readonly AdvisoryFacts[];
export const expectedReplay = (): readonly ReplayRow[] =>
  load('expected-replay.json') as readonly ReplayRow[];
/** Parameter, version, time of writing, image id, image name. */
export type ParameterSample = readonly [string, number, string, string, string];
export const parameterSamples = (): readonly ParameterSample[] =>
  load('us-east-1-parameters.json') as readonly ParameterSample[];
