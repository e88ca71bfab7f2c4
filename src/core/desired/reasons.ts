import type { RegionBuild } from '../builds/regionBuild.ts';
import type { BaseImageChoice } from '../decide/adoptBase.ts';
import { FIXED_AMI_BASE } from '../template/template.ts';
import { targetKey } from '../words.ts';
import { newReasons } from '../decide/mergeReasons.ts';
import { movesBetween } from './baseMoves.ts';
import { lastThatCounts } from './askedAgain.ts';
import type { Behind } from './behind.ts';
import { lastChange, ownReasons, templateChange } from './ownReasons.ts';
import { causeOfMove, reasonsOfMove } from './reasonsOfMove.ts';
import { popularReason } from './popularity.ts';
import { seasonalWish } from './season.ts';
import type { History, Reasons, Situation } from './situation.ts';

/**
 * `not-assessed`: the base moved, and nobody knows yet what that fixes. `asked-before`: the first image was asked for,
 * and nothing has changed since.
 */
export type Why = Reasons | 'not-assessed' | 'asked-before';

/**
 * Every reason there is to build this place on that base image now: what differs from the image it has or, while it
 * has none, from the one that was tried last.
 */
export function whyBuild(behind: Behind, base: BaseImageChoice, history: History, situation: Situation): Why {
  return withWishes(behind, whyBehind(behind, base, history, situation), history, situation);
}

/**
 * What the calendar and those who launch it say of a template that is behind. A term that begins soon is a reason of its
 * own, and a deadline for all others; being popular is one for a first image.
 */
function withWishes(behind: Behind, why: Why, history: History, situation: Situation): Why {
  const { template, queued, has } = behind;
  if (why === 'not-assessed') return why;
  const season = seasonalWish(template.slug, situation.policy, situation.now);
  const popular = has === undefined ? popularReason(template.slug, situation) : undefined;
  const wishes = [season?.reason, popular].filter((reason) => reason !== undefined);
  const [first] = wishes;
  if (first === undefined) return why;
  const cause = season?.cause ?? `${template.slug} is popular`;
  const deadline = season === undefined ? {} : { deadline: season.deadline };
  if (why === 'asked-before') {
    const asked = queued ?? lastThatCounts(behind, history, situation);
    const isNew = newReasons(asked?.reasons ?? [], wishes).length > 0;
    return isNew ? { reasons: wishes, cause, ...deadline } : why;
  }
  // Where nobody else asked for a first image, these do.
  const others = has === undefined && template.kept === undefined ? [] : why.reasons;
  return {
    reasons: [...others, ...wishes],
    cause: others.length === 0 ? cause : why.cause,
    ...deadline,
  };
}

function whyBehind(behind: Behind, base: BaseImageChoice, history: History, situation: Situation): Why {
  const has = behind.has ?? lastTried(behind, history, situation);
  if (has === undefined) return firstImage(behind, history, situation);
  const moved =
    has.baseImageId === base.imageId ? undefined : whyMoved(behind, has, base, history, situation);
  const own = ownReasons(behind, has, situation);
  if (own === undefined) return moved ?? replaced(behind, has, base, situation);
  if (moved === undefined || typeof moved === 'string') return own;
  return { reasons: [...moved.reasons, ...own.reasons], cause: moved.cause };
}

type Has = NonNullable<Behind['has']>;

/** What the last attempt at the first image of a place was granted; nothing if that is to be repeated. */
export function lastTried(behind: Behind, history: History, situation: Situation): Has | undefined {
  return behind.has === undefined ? lastThatCounts(behind, history, situation)?.grant : undefined;
}

/** Once it was asked for, a change of the template asks again, or what may be tried again (see `askedAgain`). */
function firstImage(behind: Behind, history: History, situation: Situation): Why {
  const { target, template, queued } = behind;
  if (queued !== undefined) return 'asked-before';
  const last = lastThatCounts(behind, history, situation);
  if (last !== undefined)
    return lastChange(behind, situation).changedAt > last.requestedAt
      ? templateChange(behind, situation)
      : 'asked-before';
  const { slug, kept, changedAt } = template;
  const { region, architecture } = target;
  const wanted = kept === undefined ? '' : `: ${kept.because}`;
  const because = `${slug} has no image in ${region} (${architecture}) yet${wanted}`;
  return {
    reasons: [{ trigger: 'manual', at: kept?.since ?? changedAt, level: 'none', because }],
    cause: `first image in ${region}`,
  };
}

function whyMoved(
  behind: Behind,
  has: Has,
  base: BaseImageChoice,
  history: History,
  situation: Situation,
): Why | undefined {
  const { target, resolved } = behind;
  const parent = situation.builtOn.get(target.template);
  if (parent !== undefined) return parentBuilt(parent, behind, history, situation);
  if (resolved.base === FIXED_AMI_BASE) return templateChange(behind, situation);
  const updates = history.updates.get(resolved.base) ?? [];
  const { moves, fromKnown } = movesBetween(updates, target, has.baseImageId, base.imageId);
  // An image of another base, and the template changed since it was made: somebody gave it this base.
  if (!fromKnown && lastChange(behind, situation).changedAt > has.at)
    return templateChange(behind, situation);
  const last = moves.findLast(({ assessment }) => assessment !== undefined);
  if (last === undefined) return moves.length === 0 ? undefined : 'not-assessed';
  return { reasons: moves.flatMap(reasonsOfMove), cause: causeOfMove(last) };
}

/** A template built on another's AMI follows it, as urgently as that one was built. */
function parentBuilt(
  parent: string,
  { target }: Behind,
  { regionBuilds }: History,
  { targets }: Situation,
): Reasons | undefined {
  const active = targets.get(targetKey({ ...target, template: parent }))?.active;
  if (active === undefined) return undefined;
  const { amiId, at, regionBuild } = active;
  const built: RegionBuild | undefined = regionBuilds.get(regionBuild);
  const because = `${parent}, which it is built on, has the new image ${amiId}`;
  const pressing = built?.reasons.filter(({ level }) => level !== 'none') ?? [];
  return {
    reasons:
      pressing.length === 0
        ? [{ trigger: 'dependency', at, level: 'none', because }]
        : pressing.map((reason) => ({
            trigger: 'dependency',
            at: reason.at,
            level: reason.level,
            because: `${because}: ${reason.because}`,
          })),
    cause: `${parent} built as ${built?.build ?? amiId}`,
  };
}

/** Neither base nor template moved: what it stands on may not be used any more, or was pointed elsewhere by a policy. */
function replaced(
  { resolved }: Behind,
  has: Has,
  { imageId, release }: BaseImageChoice,
  { policy, now }: Situation,
): Reasons {
  const blocked = policy.blockedImages.find((image) => image.imageId === has.baseImageId);
  const why = blocked === undefined ? '' : `, which is blocked: ${blocked.reason}`;
  const because = `${resolved.base} ${release} (${imageId}) replaces ${has.baseImageId}${why}`;
  return {
    reasons: [{ trigger: 'dependency', at: now, level: 'none', because }],
    cause: `${resolved.base} ${release} again`,
  };
}
