import { by } from '../../core/by.ts';
import { pointerKey } from '../../core/base-images/pointer.ts';
import { isOpen } from '../../core/builds/regionBuild.ts';
import { targetKey } from '../../core/words.ts';
import type { AmiWrite, AssessmentDuty, AttemptWrite } from '../../core/writes.ts';
import type { Amis, BaseImages, RegionBuilds, Targets } from '../../ports.ts';
import { amiKey, updateKey, type Store } from './store.ts';

export function memoryRegionBuilds(store: Store): RegionBuilds {
  const waiting = (work: AttemptWrite['pending']) =>
    [...store.attempts.values()]
      .filter(({ pending }) => pending === work)
      .map(({ after }) => after)
      .sort(by(({ endedAt, grantedAt }) => endedAt ?? grantedAt));
  return {
    async open() {
      const builds = [...store.queued.values(), ...store.running.values()]
        .map((id) => store.regionBuilds.get(id))
        .filter((build) => build !== undefined)
        .filter(({ status }) => isOpen(status))
        .sort(
          by(
            ({ requestedAt }) => requestedAt,
            ({ id }) => id,
          ),
        );
      const waiting = new Map(
        builds.flatMap(({ id }) => {
          const line = store.lastLines.get(id);
          return line === undefined ? [] : [[id, line] as const];
        }),
      );
      return { builds, waiting };
    },
    get: async (id) => store.regionBuilds.get(id),
    among: async (ids) =>
      [...new Set(ids)].map((id) => store.regionBuilds.get(id)).filter((build) => build !== undefined),
    attempts: async (id) =>
      [...store.attempts.values()]
        .map(({ after }) => after)
        .filter(({ regionBuild }) => regionBuild === id)
        .sort(by(({ attempt }) => attempt)),
    untidy: async () => waiting('tidy'),
    leftovers: async () => waiting('remove'),
    ofImage: async (imageArn) => store.imageOwners.get(imageArn),
    build: async (id) => store.builds.get(id),
    builds: async (template, limit) =>
      [...store.builds.values()]
        .filter((build) => build.template === template)
        .sort(
          by(
            ({ requestedAt }) => -requestedAt,
            ({ id }) => id,
          ),
        )
        .slice(0, limit),
    explanation: async (id) => [...(store.stories.get(id) ?? [])].sort(by(({ at }) => at)),
  };
}

export function memoryTargets(store: Store): Targets {
  const all = async () => [...store.targets.values()].sort(by(targetKey));
  return { all, of: async (template) => (await all()).filter((target) => target.template === template) };
}

export function memoryAmis(store: Store): Amis {
  const waiting = (work: AmiWrite['pending']) =>
    [...store.amis.values()]
      .filter(({ pending }) => pending === work)
      .map(({ after }) => after)
      .sort(by(({ createdAt }) => createdAt));
  return {
    of: async (template) =>
      [...store.amis.values()]
        .map(({ after }) => after)
        .filter((ami) => ami.template === template)
        .sort(by(({ amiId }) => amiId)),
    get: async (template, amiId) => store.amis.get(amiKey({ template, amiId }))?.after,
    unpublished: async () => waiting('publish'),
    retiring: async () => waiting('retire'),
  };
}

export function memoryBaseImages(store: Store): BaseImages {
  const observationsOf = (update: { base: string; release: string }) =>
    [...store.observations.values()]
      .map(({ after }) => after)
      .filter((observation) => updateKey(observation) === updateKey(update))
      .sort(
        by(
          ({ seenAt }) => seenAt,
          ({ region }) => region,
          ({ architecture }) => architecture,
        ),
      );
  const whole = (key: string) => {
    const update = store.updates.get(key);
    return update && { ...update, observations: observationsOf(update) };
  };
  const waitingFor = (work: AssessmentDuty['work']) =>
    [...store.assessmentDuties]
      .filter(([, duty]) => duty.work === work)
      .flatMap(([key, { since }]) => {
        const update = store.updates.get(key);
        return update === undefined ? [] : [{ update, since }];
      })
      .sort(by(({ since }) => since));
  return {
    pointers: async () => [...store.pointers.values()].sort(by(pointerKey)),
    update: async (base, release) => whole(updateKey({ base, release })),
    updates: async (base) =>
      [...store.updates.values()]
        .filter((update) => update.base === base)
        .map((update) => ({ ...update, observations: observationsOf(update) }))
        .sort(
          by(
            ({ firstSeenAt }) => -firstSeenAt,
            ({ release }) => release,
          ),
        ),
    unassessed: async () =>
      waitingFor('assess').map(({ update: { base, release }, since }) => ({ base, release, since })),
    dueAgain: async (now, limit) =>
      waitingFor('assess-again')
        .filter(({ since }) => since <= now)
        .slice(0, limit)
        .map(({ update }) => update),
    unhandled: async () =>
      [...store.observations.values()]
        .filter(({ handled }) => !handled)
        .map(({ after }) => after)
        .sort(by(({ seenAt }) => seenAt)),
  };
}
