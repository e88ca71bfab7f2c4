/**
 * The candidate closest to a misspelt word, if one is close enough to be meant: a few edits away, or the same but for
 * its ending. Earlier candidates win ties.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  // Nothing in a policy is that long: a suggestion would be a guess, and the comparison slow.
  if (word.length > 64) return null;
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best ?? candidates.find((candidate) => isStem(word.toLowerCase(), candidate.toLowerCase())) ?? null;
}

/** `south` for `southern`, `active` for `act`. */
function isStem(word: string, candidate: string): boolean {
  return (
    (word.length >= 3 && candidate.startsWith(word)) || (candidate.length >= 3 && word.startsWith(candidate))
  );
}

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current.push(cost);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
