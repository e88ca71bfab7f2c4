import { pointerKey } from '../../core/base-images/pointer.ts';
import type { Change } from '../../core/changes.ts';
import { potAfter } from '../../core/money/potAfter.ts';
import { targetKey } from '../../core/words.ts';
import type { BuildMemberWrite, ExplanationWrite, Write } from '../../core/writes.ts';
import { kept } from './kept.ts';
import { amiKey, attemptKey, observationKey, slotKey, updateKey, type Store } from './store.ts';

/** Carries out a write whose condition holds; what a reader of the stream sees of it. */
export function apply(store: Store, write: Write): Change[] {
  switch (write.kind) {
    case 'region-build': {
      const before = store.regionBuilds.get(write.after.id);
      const after = kept(write.after);
      store.regionBuilds.set(after.id, after);
      return [{ kind: 'region-build', ...(before === undefined ? {} : { before }), after }];
    }
    case 'enter-queue':
      store.queued.set(targetKey(write.target), write.regionBuild);
      return [];
    case 'leave-queue':
      store.queued.delete(targetKey(write.target));
      return [];
    case 'enter-running':
      store.running.set(targetKey(write.target), write.regionBuild);
      return [];
    case 'leave-running':
      store.running.delete(targetKey(write.target));
      return [];
    case 'take-slot': {
      const { region, slot, regionBuild, attempt } = write;
      store.slots.set(slotKey(write), kept({ region, slot, regionBuild, attempt }));
      return [];
    }
    case 'free-slot':
      store.slots.delete(slotKey(write));
      return [];
    case 'reserve':
    case 'settle': {
      const after = potAfter(store.pots.get(write.pot), write);
      if (after === undefined) throw new Error(`${write.kind} of ${write.pot} does not hold`);
      store.pots.set(write.pot, after);
      return [];
    }
    case 'attempt':
      store.attempts.set(attemptKey(write.after), kept(write));
      return [];
    case 'target': {
      const before = store.targets.get(targetKey(write.after));
      const after = kept(write.after);
      store.targets.set(targetKey(after), after);
      return [{ kind: 'target', ...(before === undefined ? {} : { before }), after }];
    }
    case 'ami':
      store.amis.set(amiKey(write.after), kept(write));
      return [];
    case 'package-check':
      store.packageChecks.set(targetKey(write.after), kept(write.after));
      return [];
    case 'image-owner':
      store.imageOwners.set(write.imageArn, write.regionBuild);
      return [];
    case 'build-member':
      joinBuild(store, write);
      return [];
    case 'pointer':
      store.pointers.set(pointerKey(write.after), kept(write.after));
      return [];
    case 'observation': {
      const before = store.observations.get(observationKey(write.after))?.after;
      const after = kept(write.after);
      store.observations.set(observationKey(after), { after, handled: false });
      return before?.seenAt === after.seenAt ? [] : [{ kind: 'observation', after }];
    }
    case 'observation-handled': {
      const key = observationKey(write.observation);
      store.observations.set(key, { after: kept(write.observation), handled: true });
      return [];
    }
    case 'update-seen': {
      if (store.updates.has(updateKey(write))) return [];
      const after = { base: write.base, release: write.release, firstSeenAt: write.at };
      store.updates.set(updateKey(write), after);
      store.assessmentDuties.set(updateKey(write), { work: 'assess', since: write.at });
      return [{ kind: 'update', after }];
    }
    case 'assessment': {
      const before = store.updates.get(updateKey(write));
      if (before === undefined) throw new Error(`there is no update ${updateKey(write)}`);
      const after = kept({ ...before, assessment: write.assessment });
      store.updates.set(updateKey(write), after);
      if (write.pending === undefined) store.assessmentDuties.delete(updateKey(write));
      else store.assessmentDuties.set(updateKey(write), write.pending);
      return [{ kind: 'update', before, after }];
    }
    case 'announce': {
      const { announcement } = write;
      if (store.announcements.has(announcement.key)) return [];
      const after = kept(announcement);
      store.announcements.set(after.key, after);
      return [{ kind: 'announcement', after }];
    }
    case 'explain':
      addLine(store, write);
      return [];
  }
}

/** The first that joins says what the build is; region builds are named in the order of their ids. */
function joinBuild(
  store: Store,
  { build: id, template, because, requestedAt, regionBuild }: BuildMemberWrite,
) {
  const build = store.builds.get(id) ?? { id, template, because, requestedAt, regionBuilds: [] };
  const regionBuilds = [...new Set([...build.regionBuilds, regionBuild])].sort();
  store.builds.set(id, kept({ ...build, regionBuilds }));
}

/** The same line twice is told once; it is the last one again all the same. */
function addLine(store: Store, { regionBuild, line }: ExplanationWrite): void {
  const story = store.stories.get(regionBuild) ?? [];
  const told = story.some(
    ({ at, rule, because }) => at === line.at && rule === line.rule && because === line.because,
  );
  if (!told) store.stories.set(regionBuild, [...story, kept(line)]);
  store.lastLines.set(regionBuild, kept(line));
}
