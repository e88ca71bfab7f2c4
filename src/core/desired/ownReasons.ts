import type { EpochRaise } from '../builds/target.ts';
import { fingerprint } from '../template/fingerprint.ts';
import type { Behind } from './behind.ts';
import type { Reasons, Situation } from './situation.ts';

/**
 * Why a template would make another image though its base stays: what it installs is defined otherwise now, or its
 * packages have holes for which there are fixes, or are too old. Undefined: it would make the same.
 */
export function ownReasons(
  behind: Behind,
  has: NonNullable<Behind['has']>,
  situation: Situation,
): Reasons | undefined {
  const { epochRaised, packageEpoch } = behind.state;
  const isOf = (epoch: number) => printOf(behind, has, epoch, situation) === has.fingerprint;
  if (isOf(packageEpoch)) return undefined;
  const hadEpoch = has.packageEpoch ?? 0;
  if (epochRaised === undefined || packageEpoch === hadEpoch) return templateChange(behind, situation);
  const holes = packageHoles(epochRaised);
  if (isOf(hadEpoch)) return holes;
  const changed = templateChange(behind, situation);
  return { reasons: [...changed.reasons, ...holes.reasons], cause: changed.cause };
}

function printOf(
  { target, resolved }: Behind,
  { baseImageId }: NonNullable<Behind['has']>,
  packageEpoch: number,
  { sha256 }: Situation,
): string {
  const { architecture } = target;
  return fingerprint({ template: resolved, baseImageId, architecture, packageEpoch }, sha256);
}

/**
 * As urgent as the worst of them, and due from the moment they were found, as an update of a base is. Without a level it
 * is no hole but the image's age.
 */
function packageHoles({ at, level, because }: EpochRaise): Reasons {
  const trigger = level === 'none' ? 'scheduled' : 'security';
  return { reasons: [{ trigger, at, level, because }], cause: because };
}

/** The template, or one it inherits from, that was changed last. */
export function lastChange({ template, resolved }: Behind, { templates }: Situation): Behind['template'] {
  return resolved.ancestors
    .map((slug) => templates.get(slug))
    .filter((ancestor) => ancestor !== undefined)
    .reduce((last, ancestor) => (ancestor.changedAt > last.changedAt ? ancestor : last), template);
}

/** The template, or one it inherits from, was changed. */
export function templateChange(behind: Behind, situation: Situation): Reasons {
  const { slug, revision, changedAt, changedBy } = lastChange(behind, situation);
  const inherited = slug === behind.template.slug ? '' : ', which it inherits,';
  const because = `${slug}${inherited} was changed by ${changedBy} (revision ${revision})`;
  return {
    reasons: [{ trigger: 'manual', at: changedAt, level: 'none', because, actor: changedBy }],
    cause: `${slug} revision ${revision}`,
  };
}
