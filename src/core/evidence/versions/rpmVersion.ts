/**
 * Order of rpm versions, exactly as rpm orders them: letters and digits count in runs, everything else only separates;
 * `~` sorts before the end of the text, `^` right after it, a run of digits after a run of letters.
 * No npm library does this; it is checked against the table of rpm's own test suite.
 */

export type Order = -1 | 0 | 1;

/** Epoch, version and release of a package; the text form is `[epoch:]version[-release]`. */
export interface Evr {
  /** Digits; `0` if the text has none. */
  readonly epoch: string;
  readonly version: string;
  /** Undefined if the text has none: such a version is before every release of it. */
  readonly release: string | undefined;
}

/** What the next piece of a version is, in its order: the end is one as well. */
const PIECE = { tilde: 0, end: 1, caret: 2, letters: 3, digits: 4 } as const;

const RUNS = /~|\^|[A-Za-z]+|[0-9]+/g;

function pieceOf(run: string | undefined): (typeof PIECE)[keyof typeof PIECE] {
  if (run === undefined) return PIECE.end;
  if (run === '~') return PIECE.tilde;
  if (run === '^') return PIECE.caret;
  return run <= '9' ? PIECE.digits : PIECE.letters;
}

const textOrder = (a: string, b: string): Order => (a === b ? 0 : a < b ? -1 : 1);

function digitsOrder(a: string, b: string): Order {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) return left.length < right.length ? -1 : 1;
  return textOrder(left, right);
}

/** Orders two versions or two releases (not whole `epoch:version-release` texts). */
export function rpmvercmp(a: string, b: string): Order {
  if (a === b) return 0;
  const left = a.match(RUNS) ?? [];
  const right = b.match(RUNS) ?? [];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const [x, y] = [left[i], right[i]];
    const [kind, other] = [pieceOf(x), pieceOf(y)];
    if (kind !== other) return kind < other ? -1 : 1;
    const order = kind === PIECE.digits ? digitsOrder(x ?? '', y ?? '') : textOrder(x ?? '', y ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Splits `[epoch:]version[-release]`. Never fails: what is no epoch belongs to the version. */
export function parseEvr(text: string): Evr {
  const colon = /^\d*:/.exec(text)?.[0].length ?? 0;
  const dash = text.lastIndexOf('-');
  const hasRelease = dash >= colon;
  return {
    epoch: text.slice(0, Math.max(colon - 1, 0)) || '0',
    version: text.slice(colon, hasRelease ? dash : undefined),
    release: hasRelease ? text.slice(dash + 1) : undefined,
  };
}

/** Orders two `[epoch:]version[-release]` texts; a missing epoch is 0, a missing release is before every release. */
export function compareEvr(a: string, b: string): Order {
  const [left, right] = [parseEvr(a), parseEvr(b)];
  const order = rpmvercmp(left.epoch, right.epoch) || rpmvercmp(left.version, right.version);
  if (order !== 0) return order;
  if (left.release === undefined || right.release === undefined) {
    return left.release === right.release ? 0 : left.release === undefined ? -1 : 1;
  }
  return rpmvercmp(left.release, right.release);
}
