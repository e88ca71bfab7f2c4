import type { ExplanationLine } from '../words.ts';
import type { ExplanationWrite, RegionBuildWrite, Write } from '../writes.ts';
import type { RegionBuild } from './regionBuild.ts';
import { mayTransition, TRANSITIONS, type Transition } from './transitions.ts';

/** A rule was asked for a step that the life of a region build does not have. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
  constructor(regionBuild: Pick<RegionBuild, 'id' | 'status'>, transition: Transition) {
    super(`${regionBuild.id} is ${regionBuild.status}: it cannot ${transition}`);
  }
}

/** The region build after a legal step, and the write of it, conditioned on what was read. */
export function step(
  before: RegionBuild,
  transition: Transition,
  change: Partial<RegionBuild>,
): { after: RegionBuild; write: RegionBuildWrite } {
  if (!mayTransition(before.status, transition)) throw new IllegalTransition(before, transition);
  return rewrite(before, { ...change, status: TRANSITIONS[transition].to });
}

/** The region build with some fields changed and its revision raised. */
export function rewrite(
  before: RegionBuild,
  change: Partial<RegionBuild>,
): { after: RegionBuild; write: RegionBuildWrite } {
  const after = { ...before, ...change, revision: before.revision + 1 };
  return { after, write: { kind: 'region-build', after, expects: before.revision } };
}

/** The same record without some optional members (they are absent, not undefined). */
export function without<T extends object, K extends keyof T>(value: T, ...names: K[]): Omit<T, K> {
  const rest = { ...value };
  for (const name of names) delete rest[name];
  return rest;
}

export function explain(regionBuild: string, line: ExplanationLine): ExplanationWrite {
  return { kind: 'explain', regionBuild, line };
}

export type Writes = readonly Write[];
