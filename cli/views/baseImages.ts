import type {
  BaseImageAnswer,
  BaseImagesAnswer,
  BaseImageSummary,
  UpdateAnswer,
} from '../../src/api/answers.ts';
import { DAY } from '../../src/core/words.ts';
import { oneLine } from '../text/clean.ts';
import { table, type Column } from '../text/table.ts';
import { ago, counted, type Moment } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';
import { placeOf } from './regionBuildState.ts';

const COLUMNS: readonly Column[] = [
  { title: 'BASE' },
  { title: 'RELEASE', mayBeCut: true },
  { title: 'PLACES' },
  { title: 'LAST UPDATE' },
  { title: 'LEVEL' },
  { title: 'TEMPLATES' },
  { title: 'END OF LIFE' },
];

/** Every tracked base image in one line. */
export function baseImagesView(answer: BaseImagesAnswer, width: number): string[] {
  const { scan, baseImages } = answer;
  return [
    `BASE IMAGES (${scan === null ? 'never scanned' : `scanned ${ago(scan.at, answer)}`})`,
    '',
    ...table(
      COLUMNS,
      baseImages.map((base) => [
        base.name,
        releasesOf(base),
        String(base.places.length),
        base.lastUpdate === null ? 'none seen' : ago(base.lastUpdate.firstSeenAt, answer),
        levelOf(base),
        String(base.templates.length),
        endOfLife(base, answer),
      ]),
      width,
    ),
    ...(scan?.problems ?? []).map(
      ({ base, region, problem }) => `⚠️ ${base} in ${region}: ${oneLine(problem)}`,
    ),
  ];
}

/** Upstream reaches regions hours apart, so there may be several. */
function releasesOf({ places }: BaseImageSummary): string {
  const releases = [...new Set(places.map(({ release }) => release))].sort();
  return releases.length === 0 ? 'not seen yet' : releases.join(', ');
}

function levelOf({ lastUpdate }: BaseImageSummary): string {
  if (lastUpdate === null) return '';
  return lastUpdate.level ?? 'not assessed yet';
}

function endOfLife({ endOfLife: date }: BaseImageSummary, { now }: Moment): string {
  if (date === null) return '';
  const left = Date.parse(`${date}T00:00:00Z`) + DAY - Date.parse(now);
  return left > 0 ? date : `✗ ${date}`;
}

/** One base image: where it stands, who builds on it, and its history, newest first. */
export function baseImageView(answer: BaseImageAnswer, width: number): string[] {
  const { baseImage, updates } = answer;
  return [
    `${baseImage.name} (${baseImage.title})`,
    `Source: ${baseImage.source}`,
    ...(baseImage.endOfLife === null ? [] : [`End of life: ${endOfLife(baseImage, answer)}`]),
    `Templates: ${baseImage.templates.length === 0 ? 'none' : baseImage.templates.join(', ')}`,
    '',
    'Now:',
    ...tree(
      baseImage.places.map((place) => ({
        text: `${placeOf(place)}: ${place.imageId}, ${place.imageName} (since ${ago(place.since, answer)})`,
      })),
      width,
    ),
    '',
    'History:',
    ...(updates.length === 0
      ? ['No update seen yet.']
      : tree(
          updates.map((update) => branchOf(update, answer)),
          width,
        )),
  ];
}

function branchOf({ release, firstSeenAt, observations, assessment }: UpdateAnswer, moment: Moment): Branch {
  const seen = `${release} (${ago(firstSeenAt, moment)}, ${counted(observations.length, 'place')})`;
  if (assessment === null) return { text: `${seen}: not assessed yet` };
  const { type, level, confidence, cves, advisories, packages, changelogUrl, sources } = assessment;
  return {
    text: `${seen}: ${type}, security level ${level} (${confidence})`,
    below: [
      ...listed('CVEs', cves),
      ...listed('Advisories', advisories),
      ...listed(
        'Packages',
        packages.map(({ name, from, to }) => `${name} ${from ?? 'new'} → ${to ?? 'gone'}`),
      ),
      ...sources
        .filter(({ state }) => state !== 'answered')
        .map(({ name, state, detail }) => ({ text: `${name}: ${state}, ${oneLine(detail)}` })),
      ...(changelogUrl === null ? [] : [{ text: changelogUrl }]),
    ],
  };
}

const SHOWN = 12;

function listed(title: string, items: readonly string[]): Branch[] {
  if (items.length === 0) return [];
  const more = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : '';
  return [{ text: `${title} (${items.length}): ${items.slice(0, SHOWN).join(', ')}${more}` }];
}
