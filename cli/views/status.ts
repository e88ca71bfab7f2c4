import type { StatusAnswer, TemplateStatus } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { ago, counted, when, type Moment } from '../text/time.ts';
import { tree, type Branch } from '../text/tree.ts';
import { MODE_MEANINGS } from './mode.ts';
import { placeOf, signOf, stateInWords } from './regionBuildState.ts';
import { templateHeadline } from './templateHeadline.ts';

/** What is kept, what is going on, what happened. */
export function statusView(status: StatusAnswer, width: number): string[] {
  return [
    `AUTO-AMI STATUS (mode ${status.mode}: ${lookUp(MODE_MEANINGS, status.mode, '')})`,
    ...templateGroups(status).flatMap(([heading, branches]) => ['', heading, ...tree(branches, width)]),
    '',
    'Recent Activity:',
    ...tree(activity(status), width),
  ];
}

/** What is launched often stands first, as in the specification's session. */
function templateGroups(status: StatusAnswer): (readonly [heading: string, branches: readonly Branch[]])[] {
  const popular = status.templates.filter((template) => template.popular);
  const others = status.templates.filter((template) => !template.popular);
  const rest = [...others.map((template) => templateBranch(template, status)), ...notKept(status)];
  if (popular.length === 0) return [['Templates (auto-compilation enabled):', rest]];
  return [
    [
      'Popular Templates (auto-compilation enabled):',
      popular.map((template) => templateBranch(template, status)),
    ],
    ...(rest.length === 0 ? [] : [['Other Templates:', rest] as const]),
  ];
}

function templateBranch(template: TemplateStatus, status: StatusAnswer): Branch {
  return {
    text: `${template.slug}: ${templateHeadline(template, status)}${modeNote(template, status)}`,
    below: details(template, status),
  };
}

function notKept({ templates, otherTemplates }: StatusAnswer): Branch[] {
  return [
    ...(templates.length === 0
      ? [{ text: 'none yet: `cws templates auto-ami build TEMPLATE` keeps one' }]
      : []),
    ...(otherTemplates === 0
      ? []
      : [
          {
            text: `${counted(otherTemplates, 'more template')} known and not kept: \`cws templates list\``,
          },
        ]),
  ];
}

function modeNote({ mode }: TemplateStatus, status: StatusAnswer): string {
  return mode === status.mode ? '' : ` [mode: ${mode}]`;
}

/** Only what is open or wrong is worth a line of its own. */
function details({ places }: TemplateStatus, moment: Moment): Branch[] {
  return places.flatMap((place) => [
    ...place.open.map((build) => ({
      text: `${signOf(build)} ${placeOf(place)}: ${stateInWords(build, moment)}`,
    })),
    ...(place.lastFailure === null
      ? []
      : [
          {
            text: `✗ ${placeOf(place)}: failed ${ago(place.lastFailure.at, moment)}: ${oneLine(place.lastFailure.reason)}`,
          },
        ]),
  ]);
}

/** In the others what is queued stays there. */
const ACTING: readonly string[] = ['propose', 'act'];

function activity(status: StatusAnswer): Branch[] {
  const { templates, completesAt } = status;
  const waiting = templates.filter(
    ({ mode, places }) => ACTING.includes(mode) && places.some(({ open }) => open.length > 0),
  ).length;
  return [
    ...status.activity.map(({ at, text }) => ({ text: `${oneLine(text)}, ${ago(at, status)}` })),
    ...(waiting === 0 ? [] : [{ text: `${counted(waiting, 'template')} scheduled for rebuild` }]),
    ...(completesAt === null ? [] : [{ text: `Estimated rebuild completion: ${when(completesAt, status)}` }]),
    ...scanBranches(status),
  ];
}

function scanBranches(status: StatusAnswer): Branch[] {
  const { scan } = status;
  if (scan === null) return [{ text: '⚠️ Base images were never scanned: `cws scan` starts one' }];
  const problems = scan.problems.map(({ base, region, problem }) => ({
    text: `${base} in ${region}: ${oneLine(problem)}`,
  }));
  if (scan.succeeded && problems.length === 0)
    return [{ text: `Base images scanned ${ago(scan.at, status)}` }];
  return [{ text: `⚠️ Scan of base images had problems ${ago(scan.at, status)}`, below: problems }];
}
