import { isAlias, isMap, isScalar, isSeq, type LineCounter, type ParsedNode } from 'yaml';
import type { PolicyProblem, PolicyWarning, Position } from '../problem.ts';

/** A value in the file: where it is, and what stands there (`null`: nothing). */
export interface Spot {
  readonly path: string;
  readonly node: ParsedNode | null;
  readonly offset: number;
}

/** One pass over one file: collects what is wrong, and remembers where each value stood. */
export interface Reading {
  readonly problems: readonly PolicyProblem[];
  readonly warnings: readonly PolicyWarning[];
  /** Every key path there is, for "did you mean". */
  readonly allPaths: readonly string[];
  /** Notes that the value is not what it must be. */
  refuse(spot: Spot, expected: string, suggestion?: string | null, found?: string): void;
  /** Notes a contradiction between values that are each well formed, at the path of one of them. */
  refuseAt(path: string, expected: string, found: string, suggestion?: string | null): void;
  warn(path: string, message: string, instead: string): void;
  remember(spot: Spot): void;
  /** Whether the file has a value at that path. */
  says(path: string): boolean;
}

/** More problems than this help nobody, and looking for suggestions for all of them would take seconds. */
export const MAXIMUM_PROBLEMS = 200;

export interface ReadingStart {
  readonly lines: LineCounter;
  readonly source: string | null;
  readonly allPaths: readonly string[];
  /** Where the syntax broke; `Infinity` if it is sound. */
  readonly reliableUntil: number;
}

export function startReading({ lines, source, allPaths, reliableUntil }: ReadingStart): Reading {
  const problems: PolicyProblem[] = [];
  const warnings: PolicyWarning[] = [];
  const spots = new Map<string, Spot>();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const nearestSpot = (path: string): number => {
    for (let prefix = path; prefix !== ''; prefix = parentOf(prefix)) {
      const spot = spots.get(prefix);
      if (spot !== undefined) return spot.offset;
    }
    return 0;
  };
  const note = (offset: number, path: string, expected: string, found: string, suggestion: string | null) => {
    problems.push({ source, ...positionOf(offset), path, expected, found, suggestion });
  };
  return {
    problems,
    warnings,
    allPaths,
    refuse: (spot, expected, suggestion = null, found = describe(spot.node)) => {
      if (isReal(spot, reliableUntil)) note(spot.offset, spot.path, expected, found, suggestion);
    },
    refuseAt: (path, expected, found, suggestion = null) => {
      const sound = reliableUntil === Number.POSITIVE_INFINITY;
      if (sound) note(nearestSpot(path), path, expected, found, suggestion);
    },
    warn: (path, message, instead) => {
      warnings.push({ source, ...positionOf(nearestSpot(path)), path, message, instead });
    },
    remember: (spot) => spots.set(spot.path, spot),
    says: (path) => spots.has(path),
  };
}

/**
 * Aliases and tags have been refused as such: that they do not fit is no second problem. Where the syntax broke the
 * tree is a guess: what seems wrong from there on, or to be missing, may be neither.
 */
function isReal({ node, offset }: Spot, reliableUntil: number): boolean {
  if (isAlias(node) || node?.tag !== undefined) return false;
  if (reliableUntil === Number.POSITIVE_INFINITY) return true;
  return describe(node) !== 'nothing' && offset < reliableUntil && (node?.range[1] ?? 0) < reliableUntil;
}

/** `a.b[2].c` → `a.b[2]` → `a.b` → `a` → ``. */
export function parentOf(path: string): string {
  return path.replace(/(?:\.|^)[^.[\]]+$|\[\d+\]$/u, '');
}

/** What stands there, in a few words. */
export function describe(node: ParsedNode | null): string {
  if (node === null) return 'nothing';
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  if (typeof node.value === 'string') return quoted(node.value);
  return node.source;
}

/** In double quotes, shortened. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}
