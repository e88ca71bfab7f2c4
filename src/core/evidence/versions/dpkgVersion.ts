import type { Order } from './rpmVersion.ts';

/**
 * Order of Debian package versions, exactly as dpkg orders them: `[epoch:]upstream[-revision]`, read in turns of
 * non-digits (where `~` sorts before the end, letters before everything else) and numbers.
 * The npm library `deb-version-compare` 1.2.1 fails three lines of dpkg's own test table, so this is written against it.
 */

interface DpkgVersion {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

/** Splits a version. Never fails: what is no epoch belongs to the upstream version. A missing revision equals `0`. */
function parse(text: string): DpkgVersion {
  const trimmed = text.trim();
  const colon = /^\d+:/.exec(trimmed)?.[0].length ?? 0;
  const rest = trimmed.slice(colon);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: trimmed.slice(0, Math.max(colon - 1, 0)),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Rank of the character at a place of a non-digit run; the end of the run ranks between `~` and the letters. */
function rank(run: string, index: number): number {
  if (index >= run.length) return 0;
  if (run[index] === '~') return -1;
  const code = run.charCodeAt(index);
  return isLetter(code) ? code : code + 0x10000;
}

function nonDigitOrder(a: string, b: string): Order {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const [x, y] = [rank(a, i), rank(b, i)];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function digitsOrder(a: string, b: string): Order {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) return left.length < right.length ? -1 : 1;
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Alternating non-digits and digits, beginning with non-digits; either may be empty. */
const TURNS = /([^0-9]*)([0-9]*)/gy;

function partOrder(a: string, b: string): Order {
  const [left, right] = [[...a.matchAll(TURNS)], [...b.matchAll(TURNS)]];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const order =
      nonDigitOrder(left[i]?.[1] ?? '', right[i]?.[1] ?? '') ||
      digitsOrder(left[i]?.[2] ?? '', right[i]?.[2] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Orders two version texts. Total over all texts: one that dpkg would refuse still has its place. */
export function compareDpkg(a: string, b: string): Order {
  if (a === b) return 0;
  const [left, right] = [parse(a), parse(b)];
  return (
    digitsOrder(left.epoch, right.epoch) ||
    partOrder(left.upstream, right.upstream) ||
    partOrder(left.revision, right.revision)
  );
}
