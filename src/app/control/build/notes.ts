import { modeOf } from '../../../core/decide/modeOf.ts';
import type { Outcome } from '../../../core/decide/outcome.ts';
import { templatePolicy } from '../../../core/policy/templatePolicy.ts';
import { inWords } from '../../../core/time/inWords.ts';
import type { Policy } from '../../../core/policy/policy.ts';
import type { Instant } from '../../../core/words.ts';

export interface Noted {
  /** What people approve. */
  readonly build: string;
  readonly slug: string;
  readonly urgent: boolean;
  /** Whether this request is the one that keeps the template. */
  readonly keeps: boolean;
  /** Whether it was asked for in some regions only. */
  readonly somewhere: boolean;
  readonly outcomes: readonly Outcome[];
  readonly infeasible: readonly Instant[];
  /** The template on whose AMI it is built. */
  readonly parent: string | undefined;
}

const WINDOW = /-window$/u;
/** Its base template has no image there yet, or is about to get another. */
const BEHIND_PARENT = ['parent', 'no-base-image'];

/** What else should be known about a build that was asked for, and what to do about it, each in a sentence. */
export function notes(noted: Noted, policy: Policy, now: Instant): string[] {
  const { build, slug, urgent, keeps, somewhere, outcomes, infeasible, parent } = noted;
  const building = outcomes.length > 0;
  const said: string[] = [];
  if (building) said.push(...modeNote(slug, policy));
  const acts = modeOf(slug, policy) === 'act';
  if (acts && !urgent && outcomes.some(({ kind, line }) => kind === 'waiting' && WINDOW.test(line.rule)))
    said.push('It waits for its window: --urgent starts it at once and pays from the urgent pot.');
  if (outcomes.some(({ line }) => line.rule === 'approval'))
    said.push(`It waits until somebody approves it: \`cws templates auto-ami approve ${build}\`.`);
  if (parent !== undefined && outcomes.some(({ line }) => BEHIND_PARENT.includes(line.rule)))
    said.push(`It is built on the image of ${parent}, which is built first.`);
  if (infeasible.length > 0)
    said.push(
      `It cannot be ready by its deadline, ${inWords(Math.min(...infeasible), policy.zone, now)}; it starts as soon as it can.`,
    );
  if (keeps) {
    const where = somewhere ? ', also in the regions that were not named' : '';
    said.push(`${slug} is kept from now on: it is rebuilt whenever its base image moves${where}.`);
  }
  return said;
}

function modeNote(slug: string, policy: Policy): string[] {
  const own = templatePolicy(policy, slug).mode !== policy.mode;
  const [whose, option] = own ? [`The mode for ${slug}`, ` --template ${slug}`] : ['The mode', ''];
  switch (modeOf(slug, policy)) {
    case 'observe':
      return [
        `${whose} is observe: it is decided and explained, but nothing is built. \`cws templates auto-ami mode act${option}\` lets it build.`,
      ];
    case 'propose':
      return [`${whose} is propose: every build waits until somebody approves it.`];
    case 'stopped':
    case 'act':
      return [];
  }
}
