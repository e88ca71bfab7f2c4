import type { StillHeld } from '../core/builds/endAttempt.ts';
import type { Grant, RegionBuild } from '../core/builds/regionBuild.ts';
import type { Services } from '../ports.ts';

/** What of a grant is there: somebody may have taken its slot or its attempt away by hand. */
export async function stillHeld(
  { id, region }: Pick<RegionBuild, 'id' | 'region'>,
  { attempt, slot }: Grant,
  { regionBuilds, slots }: Pick<Services, 'regionBuilds' | 'slots'>,
): Promise<StillHeld> {
  const [attempts, taken] = await Promise.all([regionBuilds.attempts(id), slots.taken(region)]);
  return {
    slot: taken.some((own) => own.slot === slot && own.regionBuild === id && own.attempt === attempt),
    money: attempts.some((own) => own.attempt === attempt && own.state === 'held'),
  };
}

/** `attempt 1 has lost its slot`; undefined: it has lost nothing. */
export function whatIsLost({ attempt }: Grant, { slot, money }: StillHeld): string | undefined {
  const lost = [...(slot ? [] : ['its slot']), ...(money ? [] : ['its reservation'])];
  return lost.length === 0 ? undefined : `attempt ${attempt} has lost ${lost.join(' and ')}`;
}
