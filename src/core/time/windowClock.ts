import { DAY, type Instant } from '../words.ts';
import { instancesOn } from './instances.ts';
import type { Window } from './window.ts';

/** A stretch in which builds may run, `[start, end)`; infinite where it goes on for more than 400 days. */
export interface Opening {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * When a list of windows is open. It remembers every stretch it has looked at, so that a plan asks it a hundred
 * thousand times for the price of a few: make one per plan and list, with `windowClock`.
 */
export interface WindowClock {
  isInside(t: Instant): boolean;
  /** The whole opening around `t`, overlapping and touching instances joined; `null` when closed. */
  instanceAt(t: Instant): Opening | null;
  /** `t` itself inside an opening, else the least start after it; `Infinity` if none follows (no windows). */
  nextOpening(t: Instant): Instant;
}

/** 29 February may be eight years away (1896–1904, 2096–2104). */
const SEARCHED_DAYS = 9 * 366;
const FOLLOWED = 400 * DAY;
/** How far from an instant's UTC date the local date of an instance that covers it can be: zone, and midnight. */
const REACH = 3;

export function windowClock(windows: readonly Window[]): WindowClock {
  if (windows.some(isAlwaysOpen)) return ALWAYS_OPEN;
  const pieceAt = rememberingPieces(rememberingDates(windows));
  return {
    isInside: (t) => pieceAt(t).open,
    instanceAt: (t) => (pieceAt(t).open ? { start: startOf(t, pieceAt), end: endOf(t, pieceAt) } : null),
    nextOpening: (t) => {
      const piece = pieceAt(t);
      return piece.open ? t : piece.end;
    },
  };
}

const ALWAYS_OPEN: WindowClock = {
  isInside: () => true,
  instanceAt: () => ({ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }),
  nextOpening: (t) => t,
};

/** All day, every day. */
function isAlwaysOpen({ start, end, season }: Window): boolean {
  return start === end && season === null;
}

/** What is known of one stretch of time: open throughout, or closed throughout. */
interface Piece {
  readonly start: Instant;
  readonly end: Instant;
  readonly open: boolean;
}

type PieceAt = (t: Instant) => Piece;
type OfDate = (epochDay: number) => readonly Opening[];

function rememberingDates(windows: readonly Window[]): OfDate {
  const dates = new Map<number, readonly Opening[]>();
  return (epochDay) => {
    const known = dates.get(epochDay);
    if (known !== undefined) return known;
    const found = windows.flatMap((window) => instancesOn(window, epochDay));
    dates.set(epochDay, found);
    return found;
  };
}

/** Pieces are kept disjoint and in order: a new one takes what its neighbours leave. */
function rememberingPieces(ofDate: OfDate): PieceAt {
  const pieces: Piece[] = [];
  return (t) => {
    const index = firstEndingAfter(pieces, t);
    const [before, after] = [pieces[index - 1], pieces[index]];
    if (after !== undefined && after.start <= t) return after;
    const instance = covering(t, ofDate);
    const piece = {
      start: Math.max(instance?.start ?? t, before?.end ?? Number.NEGATIVE_INFINITY),
      end: instance === null ? nextStart(t, ofDate) : Math.min(instance.end, after?.start ?? instance.end),
      open: instance !== null,
    };
    // The same gap, seen from an earlier instant.
    const widened = after !== undefined && !after.open && !piece.open && after.end === piece.end;
    pieces.splice(index, widened ? 1 : 0, piece);
    return piece;
  };
}

/** An instance that covers `t`. */
function covering(t: Instant, ofDate: OfDate): Opening | null {
  const day = Math.floor(t / DAY);
  for (let date = day - REACH; date <= day + REACH; date++) {
    for (const instance of ofDate(date)) if (instance.start <= t && t < instance.end) return instance;
  }
  return null;
}

function nextStart(t: Instant, ofDate: OfDate): Instant {
  const day = Math.floor(t / DAY);
  let least = Number.POSITIVE_INFINITY;
  let until = day + SEARCHED_DAYS;
  for (let date = day - REACH; date <= until; date++) {
    for (const { start } of ofDate(date)) {
      if (start <= t || start >= least) continue;
      least = start;
      // Another window's zone may open sooner on a later date, but not on one beyond the reach.
      until = Math.min(until, date + 2 * REACH);
    }
  }
  return least;
}

function endOf(t: Instant, pieceAt: PieceAt): Instant {
  let end = t;
  for (let piece = pieceAt(end); piece.open; piece = pieceAt(end)) {
    end = piece.end;
    if (end - t > FOLLOWED) return Number.POSITIVE_INFINITY;
  }
  return end;
}

function startOf(t: Instant, pieceAt: PieceAt): Instant {
  let start = t;
  // Instants are whole milliseconds: the one before a start lies in what came before.
  for (let piece = pieceAt(start); piece.open; piece = pieceAt(start - 1)) {
    start = piece.start;
    if (t - start > FOLLOWED) return Number.NEGATIVE_INFINITY;
  }
  return start;
}

/** Index of the first piece that ends after `t`. */
function firstEndingAfter(pieces: readonly Piece[], t: Instant): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle]?.end ?? t) > t) high = middle;
    else low = middle + 1;
  }
  return low;
}
