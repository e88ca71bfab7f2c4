import { newsOfAmi } from '../../core/announcements/newsOfAmi.ts';
import { inParallel } from '../../core/inParallel.ts';
import type { Services } from '../../ports.ts';
import { announce } from '../announce.ts';
import { candidateDue } from '../candidateDue.ts';
import { currentPolicy } from '../currentPolicy.ts';

type LateServices = Pick<
  Services,
  'amis' | 'regionBuilds' | 'targets' | 'policies' | 'announcements' | 'commits' | 'now'
>;

/** Tells of AMIs that are made, and were or will be in use only after their deadline. */
export async function announceLateAmis(services: LateServices): Promise<void> {
  const waiting = (await services.amis.unpublished()).filter(({ deadline }) => deadline !== undefined);
  if (waiting.length === 0) return;
  const { policy } = await currentPolicy(services);
  const found = await inParallel(waiting, async (ami) => {
    const due = ami.state === 'candidate' ? await candidateDue(ami, policy, services) : undefined;
    return newsOfAmi(ami, due, policy, services.now());
  });
  await announce(found.flat(), services);
}
