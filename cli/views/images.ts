import type { AmiAnswer, ImagesAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { ago, when, type Moment } from '../text/time.ts';
import { tree } from '../text/tree.ts';
import { placeOf } from './regionBuildState.ts';

const SIGNS = { active: '✓', failed: '✗', candidate: '⏳', building: '▶', testing: '▶' } as const;

/** AMIs by template and place. */
export function imagesView(answer: ImagesAnswer, width: number): string[] {
  const templates = [...new Set(answer.images.map(({ template }) => template))];
  return [
    'IMAGES',
    '',
    ...(templates.length === 0 ? ['None yet.'] : []),
    ...tree(
      templates.map((template) => ({
        text: template,
        below: answer.images
          .filter((image) => image.template === template)
          .map((image) => imageBranch(image, answer)),
      })),
      width,
    ),
  ];
}

function imageBranch(image: AmiAnswer, moment: Moment): { text: string; below: { text: string }[] } {
  const { amiId, state, baseRelease, createdAt, publishedAt, parameter, next } = image;
  const text = `${lookUp(SIGNS, state, '–')} ${placeOf(image)}: ${amiId}, ${state}, on ${baseRelease}, ${ago(createdAt, moment)}`;
  if (next !== null) return { text, below: [{ text: nextInWords(next, moment) }] };
  if (state !== 'active') return { text, below: [] };
  return {
    text,
    below: [{ text: publishedAt === null ? '⏳ not published yet' : `published as ${parameter}` }],
  };
}

/** The step that an AMI on its way out takes next, or why it does not. */
function nextInWords({ step, at, because }: NonNullable<AmiAnswer['next']>, moment: Moment): string {
  if (at === null) return `${step}: not yet (${oneLine(because)})`;
  const isDue = Date.parse(at) <= Date.parse(moment.now);
  return `${step}: ${isDue ? 'at the next daily look' : when(at, moment)} (${oneLine(because)})`;
}
