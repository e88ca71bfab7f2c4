import { newsOfBases } from '../../core/announcements/newsOfBases.ts';
import { keptOnBase } from '../../core/desired/keptOnBase.ts';
import type { Services } from '../../ports.ts';
import { announce } from '../announce.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { type KeepingServices, readKeeping } from '../gathering/keeping.ts';

/** Announces the coming end of life of base images that kept templates rest on. */
export async function warnOfEndsOfLife(
  services: KeepingServices & Pick<Services, 'announcements' | 'commits'>,
): Promise<void> {
  const { policy } = await currentPolicy(services);
  const ends = newsOfBases(policy, services.now());
  if (ends.length === 0) return;
  const keeping = await readKeeping(services);
  await announce(
    ends.filter(({ base }) => keptOnBase(base, keeping).length > 0),
    services,
  );
}
