import { belongsToKernel } from './kernelStream.ts';
import type { NamedVersion } from './versions/nevra.ts';
import type { ReleaseNotes } from './feeds/releaseNotes.ts';

/** Which of a release's images is meant; Amazon Linux names its images' kernel stream and size. */
export interface ImageFlavour {
  readonly flavour: 'default' | 'minimal';
  /** Such as `6.1`. */
  readonly kernel: string;
}

/** A release's list for one image, and whether it was printed for it or put together from its siblings'. */
export interface FoundSection {
  readonly packages: readonly NamedVersion[];
  readonly reconstructed: boolean;
}

const TITLE = /^(default|minimal) kernel[ -](\d+\.\d+) ami$/i;

/** Packages that every release renews to point at itself: a list with nothing else changes no package. */
export function isReleasePin(name: string): boolean {
  return /^(?:amazon-linux-repo-.+|kernel-livepatch-repo-.+|system-release)$/.test(name);
}

/**
 * The packages that are new or updated in an image of a release, or a sentence why they are not known.
 *
 * Some pages lack an image's section. Then what is not of the kernel is taken from the same size with another
 * kernel, and the kernel's packages from the same kernel in the other size: the images differ in nothing else.
 */
export function sectionOf(notes: ReleaseNotes, { flavour, kernel }: ImageFlavour): FoundSection | string {
  const sections = new Map<string, readonly NamedVersion[]>();
  for (const [title, { packages, unread }] of notes.images) {
    const [, size, stream] = TITLE.exec(title) ?? [];
    if (size !== undefined && stream !== undefined && unread === 0) {
      sections.set(`${size.toLowerCase()} ${stream}`, packages);
    }
  }
  const own = sections.get(`${flavour} ${kernel}`);
  if (own !== undefined) return { packages: own, reconstructed: false };
  const sibling = [...sections].find(([title]) => title.startsWith(`${flavour} `))?.[1];
  const other = sections.get(`${flavour === 'default' ? 'minimal' : 'default'} ${kernel}`);
  if (sibling === undefined || other === undefined) {
    return `the release notes of ${notes.release} have no section for the ${flavour} kernel ${kernel} image`;
  }
  return {
    packages: [
      ...sibling.filter(({ name }) => !belongsToKernel(name)),
      ...other.filter(({ name }) => belongsToKernel(name)),
    ],
    reconstructed: true,
  };
}
