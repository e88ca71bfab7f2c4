import { TABLE } from '../../contract.ts';
import { keptUntil } from '../../core/announcements/announcement.ts';
import type { BuildMemberWrite, ExplanationWrite, PotWrite, Write } from '../../core/writes.ts';
import type { Action } from './action.ts';
import { expiring } from './expiry.ts';
import {
  amiKey,
  announcementKey,
  attemptKey,
  imageKey,
  observationKey,
  packageCheckKey,
  PENDING,
  pointerKey,
  queuedKey,
  regionBuildKey,
  runningKey,
  slotKey,
  targetKey,
  updateKey,
} from './keys.ts';
import { ABSENT, expecting, noLongerWaiting, put, remove, stored, update, waitingFor } from './operations.ts';
import type { Operation } from './transact.ts';

/** Writes of which several for one record become one action, or more than one. */
export type SummedWrite = PotWrite | BuildMemberWrite | ExplanationWrite;

/** The action of a write that has its item to itself, with the condition that src/core/writes.ts documents. */
export function writeAction(write: Exclude<Write, SummedWrite>): Action {
  return {
    operation: operationOf(write),
    writes: [write],
    ...(write.kind === 'update-seen' || write.kind === 'announce' ? { onlyOnce: true } : {}),
  };
}

function operationOf(write: Exclude<Write, SummedWrite>): Operation {
  switch (write.kind) {
    case 'region-build':
      return put(regionBuildKey(write.after.id), write.after, expecting('revision', write.expects));
    case 'enter-queue':
      return put(queuedKey(write.target), { regionBuild: write.regionBuild }, ABSENT);
    case 'leave-queue':
      return remove(queuedKey(write.target), stored({ regionBuild: write.regionBuild }));
    case 'enter-running':
      return put(runningKey(write.target), { regionBuild: write.regionBuild }, ABSENT);
    case 'leave-running':
      return remove(runningKey(write.target), stored({ regionBuild: write.regionBuild }));
    case 'take-slot': {
      const { region, slot, regionBuild, attempt } = write;
      return put(slotKey(region, slot), { region, slot, regionBuild, attempt }, ABSENT);
    }
    case 'free-slot': {
      const { region, slot, regionBuild, attempt } = write;
      return remove(slotKey(region, slot), stored({ regionBuild, attempt }));
    }
    case 'attempt': {
      const { after, pending } = write;
      const since = after.endedAt ?? after.grantedAt;
      return put(
        attemptKey(after.regionBuild, after.attempt),
        { ...after, ...waitingFor(pending, since) },
        expecting('state', write.expects),
      );
    }
    case 'target':
      return put(targetKey(write.after), write.after, expecting('revision', write.expects));
    case 'ami': {
      const { after, expects, pending, unmarked } = write;
      return put(
        amiKey(after.template, after.amiId),
        { ...after, ...waitingFor(pending, after.createdAt) },
        unmarked && expects !== null
          ? stored({ state: expects, [TABLE.PENDING_KEY]: undefined })
          : expecting('state', expects),
      );
    }
    case 'package-check': {
      const { after, expects } = write;
      return put(packageCheckKey(after), after, expecting('revision', expects));
    }
    case 'image-owner': {
      const { regionBuild } = write;
      const ours = stored({ regionBuild });
      return put(
        imageKey(write.imageArn),
        { regionBuild },
        {
          ...ours,
          ConditionExpression: `${ABSENT.ConditionExpression} OR ${ours.ConditionExpression}`,
        },
      );
    }
    case 'pointer': {
      const { after, expects } = write;
      if (expects === null) return put(pointerKey(after), after, ABSENT);
      const { imageId, parameter, parameterVersion, parameterModifiedAt } = expects;
      return put(
        pointerKey(after),
        after,
        stored({ imageId, parameter, parameterVersion, parameterModifiedAt }),
      );
    }
    case 'observation': {
      const { after } = write;
      return put(observationKey(after), { ...after, ...waitingFor(PENDING.REQUEST_BUILDS, after.seenAt) });
    }
    case 'observation-handled': {
      const { observation } = write;
      return noLongerWaiting(observationKey(observation), {}, stored({ seenAt: observation.seenAt }));
    }
    case 'update-seen': {
      const { base, release, at } = write;
      return put(
        updateKey(base, release),
        { base, release, firstSeenAt: at, ...waitingFor(PENDING.ASSESS, at) },
        ABSENT,
      );
    }
    case 'announce': {
      const { announcement } = write;
      const expires = expiring(keptUntil(announcement));
      return put(announcementKey(announcement.key), { ...announcement, ...expires }, ABSENT);
    }
    case 'assessment': {
      const { base, release, assessment, expects, pending } = write;
      const duty = pending === undefined ? undefined : waitingFor(pending.work, pending.since);
      return (duty === undefined ? noLongerWaiting : update)(
        updateKey(base, release),
        { assessment, ...duty },
        expects === null
          ? stored({ base, assessment: undefined })
          : {
              ConditionExpression: '#assessment.assessedAt = :assessedAt',
              ExpressionAttributeValues: { ':assessedAt': expects },
            },
      );
    }
  }
}
