import type { Write } from '../../../src/core/writes.ts';
import type { Commits } from '../../../src/ports.ts';

/** Commits writes that must hold. */
export async function committed(commits: Commits, ...writes: readonly Write[]): Promise<void> {
  const result = await commits.commit(writes);
  if (!result.committed) throw new Error(`did not hold: ${JSON.stringify(result.conflicts)}`);
}
