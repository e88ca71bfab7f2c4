/** One thing wrong, or doubtful, in a template file: where it is, what was expected there and what to do. */
export interface TemplateProblem {
  /** Name of the file as the caller gave it. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Where in the document, such as `services[1].port`; empty for the document itself. */
  readonly path: string;
  /** What is wrong, in a sentence without a full stop. */
  readonly message: string;
  /** What would be accepted. */
  readonly expected?: string;
  /** What the author probably meant, or how to mend it. */
  readonly suggestion?: string;
}

/** `python-ml.yaml:3:8 packages.system[0]: … (expected …; …)`: one line, as compilers write it. */
export function formatProblem(problem: TemplateProblem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const hints = [
    ...(problem.expected === undefined ? [] : [`expected ${problem.expected}`]),
    ...(problem.suggestion === undefined ? [] : [problem.suggestion]),
  ];
  const tail = hints.length === 0 ? '' : ` (${hints.join('; ')})`;
  return `${place} ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}${tail}`;
}

/** The candidate nearest to a mistyped word, or nothing when none is near enough to be meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const reach = Math.min(3, Math.floor(lower.length / 3));
  let best: string | undefined;
  let bestDistance = reach + 1;
  for (const candidate of candidates) {
    const distance = editDistance(lower, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : limit,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? limit;
}
