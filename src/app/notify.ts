import { noticesOf } from '../core/notices/noticesOf.ts';
import type { Services } from '../ports.ts';
import { activityOf } from './notify/activityOf.ts';
import { factsOf, type FactServices } from './notify/factsOf.ts';
import { SentElsewhere, sendOnce } from './notify/sendOnce.ts';
import type { Told } from './notify/told.ts';

export { SentElsewhere };

export type NotifyServices = FactServices & Pick<Services, 'once' | 'notices' | 'activity'>;

/**
 * Tells the right people what happened, each of them once: the event only says where to look, the words come from the
 * records as they are now. What is of lasting interest is also noted for `status`.
 * @throws SentElsewhere if another invocation is sending the same notice: if that one dies, this one is tried again
 */
export async function notify(told: Told, all: NotifyServices): Promise<{ readonly sent: number }> {
  const services = { ...all, regionBuilds: readOnce(all.regionBuilds) };
  const { policy, facts } = await factsOf(told, services);
  for (const { key, entry } of await activityOf(told, services)) await services.activity.note(key, entry);
  const notices = facts.flatMap((fact) => noticesOf(fact, policy, services.now()));
  let sent = 0;
  for (const addressed of notices) if (await sendOnce(addressed, services)) sent += 1;
  return { sent };
}

/** Several things are told of one region build: it is read once for all of them. */
function readOnce(regionBuilds: Services['regionBuilds']): Services['regionBuilds'] {
  const read = new Map<string, ReturnType<typeof regionBuilds.get>>();
  return {
    ...regionBuilds,
    get: (id) => {
      const found = read.get(id) ?? regionBuilds.get(id);
      read.set(id, found);
      return found;
    },
  };
}
