import { weighAgain } from '../builds/weighAgain.ts';
import { buildDurations } from '../decide/buildDurations.ts';
import { modeOf } from '../decide/modeOf.ts';
import { targetKey } from '../words.ts';
import type { Situation } from './situation.ts';

/** The queued region builds that an earlier policy weighed otherwise; what is stopped is not touched. */
export function weighedAgain(situation: Situation) {
  const { open, targets, resolution, policy, now } = situation;
  return [...open.values()]
    .flat()
    .filter(({ status, template }) => status === 'queued' && modeOf(template, policy) !== 'stopped')
    .flatMap((build) => {
      const durations = targets.get(targetKey(build))?.durations ?? [];
      const { p90 } = buildDurations(resolution.templates.get(build.template), durations, policy);
      const weighed = weighAgain(build, situation, p90, now);
      return weighed === undefined ? [] : [weighed];
    });
}
