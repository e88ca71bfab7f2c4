import type { StaleInstanceAnswer, StaleInstancesAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { ago, counted, type Moment } from '../text/time.ts';
import { type Branch, tree } from '../text/tree.ts';
import { few } from './few.ts';
import { placeOf } from './regionBuildState.ts';

/** Instances on older images by template, with those to ask about them and what they lack. */
export function staleInstancesView(answer: StaleInstancesAnswer, width: number): string[] {
  const { instances, problems } = answer;
  const templates = [...new Set(instances.map(({ template }) => template))];
  return [
    'STALE INSTANCES',
    '',
    ...(instances.length === 0 ? ['No instance of this account runs on an older image.'] : []),
    ...tree(
      templates.map((template) => ({
        text: template,
        below: instances.filter((each) => each.template === template).map((each) => branchOf(each, answer)),
      })),
      width,
    ),
    ...(problems.length === 0 ? [] : ['', 'Not known of:']),
    ...tree(
      problems.map(({ region, problem }) => ({ text: `${region}: ${oneLine(problem)}` })),
      width,
    ),
    ...(instances.length === 0
      ? []
      : ['', 'They are never touched: their owners launch new ones when it suits them.']),
  ];
}

function branchOf(stale: StaleInstanceAnswer, moment: Moment): Branch {
  const { instanceId, state, owner, launchedAt, ami, active, since, promotions } = stale;
  const left = since === null ? 'is not the active one any more' : `gave way ${ago(since, moment)}`;
  const more = promotions > 1 ? `, ${counted(promotions, 'promotion')} since then` : '';
  const whose = owner.tag === null ? ', its owner unknown' : ` of ${oneLine(owner.name)}`;
  return {
    text: `${placeOf(stale)}: ${instanceId} (${state})${whose}, launched ${ago(launchedAt, moment)}`,
    below: [
      { text: `on ${ami.amiId} (${ami.baseRelease}), which ${left}${more}` },
      { text: `new ones are launched from ${active.amiId} (${active.baseRelease})` },
      { text: lackInWords(stale) },
    ],
  };
}

function lackInWords({ lacks: { level, cves, advisories } }: StaleInstanceAnswer): string {
  if (level === 'none') return '✓ lacks no security fix that is known';
  const ids = [...advisories, ...cves];
  const which = ids.length === 0 ? '' : `: ${few(ids)}`;
  return level === 'unknown'
    ? `⚠ nobody knows which fixes it lacks${which}`
    : `⚠ lacks fixes up to level ${level}${which}`;
}
