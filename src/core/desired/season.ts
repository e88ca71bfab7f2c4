import type { Reason } from '../builds/regionBuild.ts';
import type { Policy, Term } from '../policy/policy.ts';
import type { Instant } from '../words.ts';

/** Why a template is wanted ahead of a term, and by when. */
export interface SeasonalWish {
  readonly reason: Reason;
  /** The same for every template of that season. */
  readonly cause: string;
  /** The term's start: it binds. */
  readonly deadline: Instant;
}

/**
 * Semester preparation (design §4, Triggers): from so long before a term until it starts, the policy's templates are
 * kept, and what is behind is built by then. The reason is the same at every look, so that it asks once for each term.
 */
export function seasonalWish(
  template: string,
  { seasonal }: Pick<Policy, 'seasonal'>,
  now: Instant,
): SeasonalWish | undefined {
  const { enabled, lead, templates, terms } = seasonal;
  if (!enabled || !templates.includes(template)) return undefined;
  const term = terms.find(({ startsAt }) => startsAt - lead <= now && now < startsAt);
  return term && wishFor(template, term, term.startsAt - lead);
}

function wishFor(template: string, { name, start, startsAt }: Term, at: Instant): SeasonalWish {
  const because = `${template} is to be ready for ${name}, which starts on ${start}`;
  return {
    reason: { trigger: 'scheduled', at, level: 'none', because },
    cause: `preparation of ${name} (${start})`,
    deadline: startsAt,
  };
}
