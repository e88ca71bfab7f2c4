import type { Architecture, Instant } from '../words.ts';
import { compareDotted } from './imageRelease.ts';
import { matchesGlob } from './matchesGlob.ts';
import { releaseIn } from './releaseOf.ts';
import type { NamedImage } from './releaseOf.ts';
import type { TrackedBaseImage } from './trackedBaseImage.ts';

/** One image as DescribeImages describes it, as far as the choice needs it. */
export interface ImageCandidate extends NamedImage {
  readonly name: string;
  readonly creationDate: string;
  readonly ownerId: string;
  readonly architecture: string;
  readonly state: string;
  /** ISO 8601; a time in the future does not deprecate yet. */
  readonly deprecationTime?: string;
  /** `ImageAllowed`: false if the account's Allowed AMIs setting forbids it. Absent: the setting is off. */
  readonly imageAllowed?: boolean;
}

export interface ChoiceRule {
  readonly base: TrackedBaseImage;
  readonly architecture: Architecture;
  /** The account itself, for bases whose owner is `self`. */
  readonly account: string;
  readonly now: Instant;
}

export interface Choice {
  readonly image: ImageCandidate | null;
  /** Why each of the others did not come into question, one sentence each; those that were only older are not listed. */
  readonly rejected: readonly { readonly imageId: string; readonly because: string }[];
}

const PREVIEW = /(?<![a-z])(?:beta|alpha|daily|testing|preview|kitten|rc)(?![a-z])/g;

const previewWords = (text: string): readonly string[] => text.toLowerCase().match(PREVIEW) ?? [];

/**
 * Whether the name says that it is a preview nobody asked for. What an account calls its own images is its own
 * affair, and a pattern that holds such a word asks for it.
 */
function isPreview({ name }: ImageCandidate, { base: { source }, architecture }: ChoiceRule): boolean {
  if (source.kind === 'filter' && source.owner === 'self') return false;
  const asked = source.kind === 'filter' ? previewWords(source.patterns[architecture] ?? '') : [];
  return previewWords(name).some((word) => !asked.includes(word));
}

/** Why nothing can be built on an image, whoever chose it, such as the vendor whose parameter names it. */
export function unusable(
  image: Pick<ImageCandidate, 'architecture' | 'state' | 'imageAllowed'>,
  architecture: Architecture,
): string | null {
  if (image.architecture !== architecture)
    return `its architecture is ${image.architecture}, not ${architecture}`;
  if (image.state !== 'available') return `its state is ${image.state}`;
  return image.imageAllowed === false ? "the account's Allowed AMIs setting forbids it" : null;
}

function objection(image: ImageCandidate, rule: ChoiceRule): string | null {
  const { base, architecture, account, now } = rule;
  if (base.source.kind === 'filter') {
    const owner = base.source.owner === 'self' ? account : base.source.owner;
    const pattern = base.source.patterns[architecture];
    if (image.ownerId !== owner) return `its owner is ${image.ownerId}, not ${owner}`;
    if (pattern === undefined) return `${base.name} is not published for ${architecture}`;
    if (!matchesGlob(pattern, image.name)) return `its name does not match ${pattern}`;
  }
  const fault = unusable(image, architecture);
  if (fault !== null) return fault;
  if (isPreview(image, rule)) return 'its name says that it is a preview';
  if (image.deprecationTime !== undefined && Date.parse(image.deprecationTime) <= now)
    return `it is deprecated since ${image.deprecationTime}`;
  if (Number.isNaN(Date.parse(image.creationDate)))
    return `its creation date "${image.creationDate}" cannot be read`;
  return null;
}

const textOrder = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * The image of a base among DescribeImages results, "chosen by rule, not by luck": the pinned owner's, available,
 * allowed, neither deprecated nor a preview; of these the highest point release, then the newest, then by name and id.
 *
 * The point release comes first because Red Hat publishes refreshed images of older ones: an image of 8.4 made after
 * that of 8.7 is not an update.
 */
export function chooseImage(candidates: readonly ImageCandidate[], rule: ChoiceRule): Choice {
  const judged = candidates.map((image) => ({ image, because: objection(image, rule) }));
  const version = (image: ImageCandidate) => releaseIn(rule.base, image).version ?? '';
  const [image = null] = judged
    .filter(({ because }) => because === null)
    .map((one) => one.image)
    .sort(
      (a, b) =>
        compareDotted(version(b), version(a)) ||
        Date.parse(b.creationDate) - Date.parse(a.creationDate) ||
        textOrder(b.name, a.name) ||
        textOrder(b.imageId, a.imageId),
    );
  return {
    image,
    rejected: judged.flatMap((one) =>
      one.because === null ? [] : [{ imageId: one.image.imageId, because: one.because }],
    ),
  };
}
