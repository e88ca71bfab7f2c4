import type { RegionBuild } from '../builds/regionBuild.ts';
import { type Instant, MINUTE } from '../words.ts';

/** The slots of each region, as they are taken in the course of one plan. */
export interface SlotBook {
  isFree(region: string): boolean;
  /** The lowest free slot, 1 … slots of the region; only after `isFree`. */
  take(region: string, endsBy: Instant): number;
  /** Kept for a build that goes first but starts a little later. */
  promise(region: string): void;
  /** When a slot comes free at the latest. */
  freeBy(region: string): Instant;
}

interface RegionSlots {
  /** Slot numbers that nobody owns, highest first. */
  readonly numbers: number[];
  /** How many may still be taken: fewer than `numbers` when the policy's limit was lowered while builds ran. */
  room: number;
  soonestEnd: Instant;
}

export function slotBook(
  slotsPerRegion: number,
  running: readonly RegionBuild[],
  taken: readonly { readonly region: string; readonly slot: number }[],
  now: Instant,
): SlotBook {
  const owned = new Map<string, { slots: Set<number>; soonestEnd: Instant }>();
  const own = (region: string, slot: number, endsBy: Instant): void => {
    const known = owned.get(region) ?? { slots: new Set(), soonestEnd: Number.POSITIVE_INFINITY };
    known.slots.add(slot);
    known.soonestEnd = Math.min(known.soonestEnd, endsBy);
    owned.set(region, known);
  };
  for (const { region, grant } of running)
    if (grant !== undefined) own(region, grant.slot, grant.at + grant.maximumDuration);
  for (const { region, slot } of taken) own(region, slot, Number.POSITIVE_INFINITY);

  const regions = new Map<string, RegionSlots>();
  const slotsOf = (region: string): RegionSlots => {
    let slots = regions.get(region);
    if (slots === undefined) {
      const known = owned.get(region);
      const numbers: number[] = [];
      for (let slot = slotsPerRegion; slot >= 1; slot--)
        if (known?.slots.has(slot) !== true) numbers.push(slot);
      const room = Math.max(0, slotsPerRegion - (known?.slots.size ?? 0));
      slots = { numbers, room, soonestEnd: known?.soonestEnd ?? Number.POSITIVE_INFINITY };
      regions.set(region, slots);
    }
    return slots;
  };
  return {
    isFree: (region) => slotsOf(region).room > 0,
    take: (region, endsBy) => {
      const slots = slotsOf(region);
      const slot = slots.numbers.pop();
      if (slots.room === 0 || slot === undefined) throw new Error(`${region} has no free slot to take`);
      slots.room--;
      slots.soonestEnd = Math.min(slots.soonestEnd, endsBy);
      return slot;
    },
    promise: (region) => {
      slotsOf(region).room--;
    },
    freeBy: (region) => {
      const { soonestEnd } = slotsOf(region);
      // Overdue builds and forgotten slots are freed by the reconciler: the next tick looks again.
      return soonestEnd > now && soonestEnd < Number.POSITIVE_INFINITY ? soonestEnd : now + MINUTE;
    },
  };
}
