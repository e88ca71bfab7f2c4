import type { RegionBuildStatus } from './regionBuild.ts';

/**
 * The life of a region build: each step with the states it may start from and the one it leads to. The
 * condition of every write follows from this table.
 */
export const TRANSITIONS = {
  /** Takes a turn, a slot and money. */
  grant: { from: ['queued'], to: 'granted' },
  /** The reservation was verified by the execution that waited. */
  run: { from: ['granted'], to: 'running' },
  /** The same attempt under a new execution: it keeps its slot, its money and with them the image it may have started. */
  rearm: { from: ['granted', 'running'], to: 'granted' },
  /** A new attempt, or a grant whose owner died: back to its queue. */
  requeue: { from: ['granted', 'running'], to: 'queued' },
  succeed: { from: ['running'], to: 'succeeded' },
  fail: { from: ['queued', 'granted', 'running'], to: 'failed' },
  cancel: { from: ['queued', 'granted', 'running'], to: 'cancelled' },
  /** More than any pot or its own limit could ever pay. */
  refuse: { from: ['queued'], to: 'refused' },
} as const satisfies Record<string, { from: readonly RegionBuildStatus[]; to: RegionBuildStatus }>;

export type Transition = keyof typeof TRANSITIONS;

export function mayTransition(status: RegionBuildStatus, transition: Transition): boolean {
  return (TRANSITIONS[transition].from as readonly RegionBuildStatus[]).includes(status);
}
