import type { Instant } from '../words.ts';
import type { Write } from '../writes.ts';
import { explain, rewrite, step, without } from './compose.ts';
import { executionName, type RegionBuild } from './regionBuild.ts';

/**
 * A region build whose execution is closed or absent gets the next one: its number rises, conditionally on what was
 * read, and the turn of the dead one goes, so that the new one may store its own (design §3, Names that allow
 * repair). An attempt that had begun keeps slot, money and number: its client token finds the image again that the
 * dead execution may have started. An image that is known needs no execution; whoever sees it end finishes the build.
 */
export function renewExecution(
  before: RegionBuild,
  because: string,
  now: Instant,
): { regionBuild: RegionBuild; writes: Write[] } {
  if (before.image !== undefined)
    throw new Error(`${before.id} has an image: it is followed, not started anew`);
  const idle = without(before, 'turn');
  const executionNumber = before.executionNumber + 1;
  const { after, write } =
    before.status === 'queued'
      ? rewrite(idle, { executionNumber })
      : step(idle, 'rearm', { executionNumber });
  return {
    regionBuild: after,
    writes: [
      write,
      explain(before.id, {
        at: now,
        rule: 'new-execution',
        because: `${executionName(before)} ${because}: ${executionName(after)} takes its place`,
      }),
    ],
  };
}

/**
 * The same attempt once more, under the same execution: its last call ended without an answer, so nobody knows
 * whether an image was started. Only the same client token can tell.
 */
export function askAgain(before: RegionBuild, because: string, now: Instant): Write[] {
  const { grant, image } = before;
  if (grant === undefined || image !== undefined)
    throw new Error(`${before.id} has nothing to ask again for`);
  const { write } = step(without(before, 'turn'), 'rearm', { grant: { ...grant, askedAgain: true } });
  return [write, explain(before.id, { at: now, rule: 'asked-again', because })];
}
