import type { TrackedBaseImage } from './trackedBaseImage.ts';

/**
 * Stands in for a base image that was tracked when an update of it was seen and is not any more: nothing can say what
 * the update changed, but it is assessed all the same, so that nobody waits for it.
 */
export function untrackedBase(name: string): TrackedBaseImage {
  return {
    name,
    title: name,
    family: 'custom',
    source: { kind: 'filter', owner: 'self', patterns: {} },
    packageManager: 'none',
    evidence: [],
  };
}
