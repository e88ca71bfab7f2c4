import type { Policy } from '../policy/policy.ts';
import { templatePolicy } from '../policy/templatePolicy.ts';
import type { Sha256 } from '../template/contentVersion.ts';
import { fingerprint } from '../template/fingerprint.ts';
import type { ResolvedTemplate } from '../template/template.ts';
import type { Architecture, Instant } from '../words.ts';
import { adoptBase, type Adoption, type BaseImageChoice } from './adoptBase.ts';

export type DesiredImage =
  | { readonly kind: 'image'; readonly base: BaseImageChoice; readonly fingerprint: string }
  /** There is no base image to stand on now. */
  | Exclude<Adoption, { kind: 'adopt' }>;

/** The image a target is to have: what a build started now would make. Same fingerprint, same image. */
export function desiredImage(
  wanted: {
    readonly template: ResolvedTemplate;
    readonly architecture: Architecture;
    readonly packageEpoch: number;
    /** Newest first. */
    readonly choices: readonly BaseImageChoice[];
    /** Critical and high builds, and those that must start, take the newest base whatever its age. */
    readonly presses: boolean;
  },
  policy: Policy,
  now: Instant,
  sha256: Sha256,
): DesiredImage {
  const { template, architecture, packageEpoch, choices, presses } = wanted;
  const { minimumAge } = templatePolicy(policy, template.slug);
  const rules = { minimumAge, blockedImages: policy.blockedImages };
  const adoption = adoptBase(choices, rules, presses, now);
  if (adoption.kind !== 'adopt') return adoption;
  const baseImageId = adoption.base.imageId;
  return {
    kind: 'image',
    base: adoption.base,
    fingerprint: fingerprint({ template, baseImageId, architecture, packageEpoch }, sha256),
  };
}
