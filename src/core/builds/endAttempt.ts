import { overrun } from '../announcements/announcement.ts';
import { shareOf } from '../money/holdings.ts';
import type { Instant, MicroDollars } from '../words.ts';
import type { Attempt, Write } from '../writes.ts';
import type { Grant, RegionBuild } from './regionBuild.ts';

/** What of a grant is still there; what somebody took away by hand cannot be given back. */
export interface StillHeld {
  readonly slot: boolean;
  readonly money: boolean;
}

/** How an attempt ended. */
export interface Ended {
  readonly cost: MicroDollars;
  readonly outcome: string;
  readonly at: Instant;
}

/** The attempt ends: running place and slot are free, its money is settled; image and configurations are left to tidy. */
export function endAttempt(
  before: RegionBuild,
  grant: Grant,
  ended: Ended,
  held: StillHeld = { slot: true, money: true },
): Write[] {
  const { id, region, image } = before;
  const { reservation, slot, attempt, at: grantedAt } = grant;
  return [
    { kind: 'leave-running', target: before, regionBuild: id },
    ...(held.slot ? [{ kind: 'free-slot', region, slot, regionBuild: id, attempt } satisfies Write] : []),
    ...(held.money
      ? settle(
          {
            regionBuild: id,
            region,
            attempt,
            state: 'held',
            reservation,
            slot,
            grantedAt,
            ...(image === undefined ? {} : { imageArn: image.arn }),
          },
          ended,
          // What has run once may have left configurations and an image, also if it waits for another execution now.
          before.startedAt !== undefined,
        )
      : []),
    ...(held.money ? overrunOf(before, grant, ended) : []),
  ];
}

/** Settling above the ceiling is booked, and announced in the same commit. */
function overrunOf(
  before: RegionBuild,
  { attempt, reservation: { amount, holdings, pot } }: Grant,
  { cost, at }: { readonly cost: MicroDollars; readonly at: Instant },
): Write[] {
  if (cost <= amount) return [];
  const found = { pot: holdings[0]?.key ?? pot, ceiling: amount, cost, at };
  return [{ kind: 'announce', announcement: overrun(before, attempt, found) }];
}

/** The slot of an owner that is gone, and the money it may still hold: nothing was spent that anybody knows of. */
export function freeDeadSlot(
  taken: {
    readonly region: string;
    readonly slot: number;
    readonly regionBuild: string;
    readonly attempt: number;
  },
  attempt: Attempt | undefined,
  now: Instant,
): Write[] {
  const { region, slot, regionBuild } = taken;
  return [
    { kind: 'free-slot', region, slot, regionBuild, attempt: taken.attempt },
    ...(attempt?.state === 'held' ? settle(attempt, { cost: 0, outcome: 'owner gone', at: now }, true) : []),
  ];
}

/** Ceilings are given back and costs booked in the pots named in the reservation, whatever day it is (design §4, Money). */
function settle(held: Attempt, { cost, outcome, at }: Ended, tidy: boolean): Write[] {
  return [
    ...held.reservation.holdings.map(({ key, amount, share }): Write => ({
      kind: 'settle',
      pot: key,
      ceiling: amount,
      cost: shareOf(cost, share),
    })),
    {
      kind: 'attempt',
      after: { ...held, state: cost === 0 ? 'released' : 'settled', endedAt: at, cost, outcome },
      expects: 'held',
      ...(tidy ? { pending: 'tidy' as const } : {}),
    },
  ];
}
