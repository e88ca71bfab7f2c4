import { newsOfBases } from '../../core/announcements/newsOfBases.ts';
import type { Services } from '../../ports.ts';
import { announce } from '../announce.ts';
import { currentPolicy } from '../currentPolicy.ts';
import { keptOnBase } from '../notify/keptOnBase.ts';

/** Announces the coming end of life of base images that kept templates rest on. */
export async function warnOfEndsOfLife(
  services: Pick<Services, 'policies' | 'templates' | 'announcements' | 'commits' | 'now'>,
): Promise<void> {
  const { policy } = await currentPolicy(services);
  const ends = newsOfBases(policy, services.now());
  if (ends.length === 0) return;
  const templates = await services.templates.all();
  await announce(
    ends.filter(({ base }) => keptOnBase(base, templates).length > 0),
    services,
  );
}
