import type { BudgetExhausted, BudgetOverrun } from '../../announcements/announcement.ts';
import { dollars } from '../../money/dollars.ts';
import { potInWords } from '../../money/potKeys.ts';
import type { Letter } from '../letter.ts';
import { counted, placeInWords, type Told } from '../say.ts';

/** What no pot can pay now is parked, and announced once. */
export function exhaustedLetter(exhausted: BudgetExhausted, told: Told): Letter {
  const { key, pot, endedOn, limit, reserved, settled, because, parked, count, owner } = exhausted;
  return {
    ...(endedOn === undefined ? emptyPot(exhausted) : endedGrant(exhausted)),
    facts: [
      ...(endedOn === undefined ? [] : [['Last day', endedOn] as const]),
      ['Limit', dollars(limit)],
      ['Spent', dollars(settled)],
      ['Held for what runs', dollars(reserved)],
      ['Left', dollars(limit - reserved - settled)],
      ['Reason', because],
      ...(owner === undefined ? [] : [['Owner', owner] as const]),
    ],
    items: [
      ...parked.map(({ template, region, needs, until }) => {
        const next = until === undefined ? 'until there is money' : `until ${told(until)}`;
        return `${template} in ${region}: needs up to ${dollars(needs)}, parked ${next}`;
      }),
      ...(count > parked.length ? [`and ${count - parked.length} more`] : []),
    ],
    dedupeId: key,
    threadId: `budget:${pot}`,
    templates: [...new Set(parked.map(({ template }) => template))],
  };
}

const QUEUE = 'See what waits: cws templates auto-ami queue';
const CONFIGURE = 'in the policy: cws templates auto-ami configure --file policy.yaml';

type News = Pick<Letter, 'headline' | 'opening' | 'nextSteps'>;

function emptyPot({ pot, count }: BudgetExhausted): News {
  const name = potInWords(pot);
  return {
    headline: `Budget exhausted: ${name}`,
    opening: `There is not enough left in ${name} for ${counted(count, 'rebuild')}: parked, not dropped.`,
    nextSteps: [QUEUE, `Raise the budget ${CONFIGURE}`],
  };
}

function endedGrant({ pot, count }: BudgetExhausted): News {
  const name = potInWords(pot);
  return {
    headline: `Ended: ${name}`,
    opening: `The time of ${name} is over, and no other grant pays for ${counted(count, 'rebuild')}: parked, not dropped.`,
    nextSteps: [QUEUE, `Give it another end, or let another grant pay, ${CONFIGURE}`],
  };
}

/** Settling above the ceiling is booked, and announced. */
export function overrunLetter(overrun: BudgetOverrun): Letter {
  const { key, pot, template, ceiling, cost } = overrun;
  const name = potInWords(pot);
  return {
    headline: `Budget overrun: ${template} in ${placeInWords(overrun)}`,
    opening: `A build cost more than was held for it. The whole is booked in ${name} and counts there.`,
    facts: [
      ['Template', template],
      ['Place', placeInWords(overrun)],
      ['Held', dollars(ceiling)],
      ['Cost', dollars(cost)],
      ['Overrun', dollars(cost - ceiling)],
    ],
    items: [],
    nextSteps: ['If it happens again, raise `max_build_duration` in the policy: it sets what is held.'],
    dedupeId: key,
    threadId: `budget:${pot}`,
    templates: [template],
  };
}
