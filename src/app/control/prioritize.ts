import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { prioritize as prioritizeOne } from '../../core/builds/prioritize.ts';
import { byWhom } from './byWhom.ts';
import { changeRegionBuilds, type ChangeServices } from './changeRegionBuilds.ts';

const OUTCOMES = {
  change: 'changed',
  same: 'unchanged',
  started: 'started-already',
  closed: 'closed-already',
} as const;

/** Gives a build, or one region build of it, another priority while it waits. */
export async function prioritize(
  { id, priority, reason }: RequestOf<'prioritize'>,
  { actor }: Caller,
  services: ChangeServices,
): Promise<AnswerOf<'prioritize'>> {
  const because = byWhom(actor, reason);
  return changeRegionBuilds(
    id,
    (build) => {
      const made = prioritizeOne(build, priority, because, services.now());
      return { outcome: OUTCOMES[made.kind], writes: made.kind === 'change' ? made.writes : [] };
    },
    services,
  );
}
