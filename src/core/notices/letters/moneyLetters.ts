import { dollars } from '../../money/dollars.ts';
import { potInWords } from '../../money/potKeys.ts';
import type { Letter } from '../letter.ts';
import type { NoticeFact } from '../noticeFact.ts';
import { counted, placeInWords, type Told } from '../say.ts';

type Exhausted = Extract<NoticeFact, { kind: 'budget-exhausted' }>;
type Overrun = Extract<NoticeFact, { kind: 'budget-overrun' }>;

/** What no pot can pay now is parked, and announced once. */
export function exhaustedLetter(
  { pot, limit, reserved, settled, parked, owner }: Exhausted,
  told: Told,
): Letter {
  const name = potInWords(pot);
  return {
    headline: `Budget exhausted: ${name}`,
    opening: `There is not enough left in ${name} for ${counted(parked.length, 'rebuild')}: parked, not dropped.`,
    facts: [
      ['Limit', dollars(limit)],
      ['Spent', dollars(settled)],
      ['Held for what runs', dollars(reserved)],
      ['Left', dollars(limit - reserved - settled)],
      ...(owner === undefined ? [] : [['Owner', owner] as const]),
    ],
    items: parked.map(({ template, region, needs, until }) => {
      const next = until === undefined ? 'until there is money' : `until ${told(until)}`;
      return `${template} in ${region}: needs up to ${dollars(needs)}, parked ${next}`;
    }),
    nextSteps: [
      'See what waits: cws templates auto-ami queue',
      'Raise the budget in the policy: cws templates auto-ami configure --file policy.yaml',
    ],
    dedupeId: `budget-exhausted:${pot}`,
    threadId: `budget:${pot}`,
    templates: [...new Set(parked.map(({ template }) => template))],
  };
}

/** Settling above the ceiling is booked, and announced. */
export function overrunLetter({ pot, regionBuild, ceiling, cost }: Overrun): Letter {
  const name = potInWords(pot);
  return {
    headline: `Budget overrun: ${regionBuild.template} in ${placeInWords(regionBuild)}`,
    opening: `A build cost more than was held for it. The whole is booked in ${name} and counts there.`,
    facts: [
      ['Template', regionBuild.template],
      ['Place', placeInWords(regionBuild)],
      ['Held', dollars(ceiling)],
      ['Cost', dollars(cost)],
      ['Overrun', dollars(cost - ceiling)],
    ],
    items: [],
    nextSteps: ['If it happens again, raise `max_build_duration` in the policy: it sets what is held.'],
    dedupeId: `budget-overrun:${pot}:${regionBuild.id}:${regionBuild.attempts}`,
    threadId: `budget:${pot}`,
    templates: [regionBuild.template],
  };
}
