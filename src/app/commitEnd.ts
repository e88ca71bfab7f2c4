import { explain } from '../core/builds/compose.ts';
import type { StillHeld } from '../core/builds/endAttempt.ts';
import type { RegionBuild } from '../core/builds/regionBuild.ts';
import type { CommitResult, Write } from '../core/writes.ts';
import type { Services } from '../ports.ts';
import { stillHeld, whatIsLost } from './stillHeld.ts';

export type EndServices = Pick<Services, 'commits' | 'regionBuilds' | 'slots' | 'now'>;

/**
 * Commits the end of an attempt, which gives its slot and its money back. What somebody took away by hand cannot be
 * given back, and must not keep the build from ending for ever: then it ends without that, and says so. A slot that is
 * another build's by now stays that one's.
 * @param writesOf the end, given what is still held; everything, as long as nothing else is known
 */
export async function commitEnd(
  build: RegionBuild,
  writesOf: (held?: StillHeld) => readonly Write[],
  services: EndServices,
): Promise<CommitResult> {
  const result = await services.commits.commit(writesOf());
  const { grant } = build;
  if (result.committed || grant === undefined || !isAboutHeld(result.conflicts)) return result;
  const held = await stillHeld(build, grant, services);
  const because = whatIsLost(grant, held);
  if (because === undefined) return result;
  const line = { at: services.now(), rule: 'lost', because };
  return services.commits.commit([...writesOf(held), explain(build.id, line)]);
}

/** Whoever else ends the same attempt changes the region build with it: that is no loss. */
function isAboutHeld(conflicts: readonly Write[]): boolean {
  const kinds = new Set(conflicts.map(({ kind }) => kind));
  return !kinds.has('region-build') && (kinds.has('free-slot') || kinds.has('attempt'));
}
