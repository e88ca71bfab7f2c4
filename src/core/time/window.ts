/**
 * A stretch of the year, inclusive on both ends, written `MM-DD`. It wraps over New Year when `from` is later
 * than `to` (`12-01` … `02-29`).
 */
export interface Season {
  readonly from: string;
  readonly to: string;
}

/**
 * A daily stretch of local time in which builds may run (design §4, When).
 *
 * Its instance on local date D is `[zoned(D, start), zoned(D or D+1, end))` with `compatible` disambiguation, empty
 * if its end does not come after its start; `start = end` is all day.
 */
export interface Window {
  /** Minutes after local midnight, 0 … 1439. */
  readonly start: number;
  /** Minutes after local midnight, 0 … 1439; not after `start` means on the next local date. */
  readonly end: number;
  /** IANA time zone. */
  readonly zone: string;
  /** The local dates D on which it opens; `null` is every day. */
  readonly season: Season | null;
}
