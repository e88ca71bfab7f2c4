import { belongsToKernel } from './kernelStream.ts';
import type { NamedVersion } from './versions/nevra.ts';
import type { ReleaseNotes } from './feeds/releaseNotes.ts';
import { lackingIn } from './wholeLists.ts';

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
 * Some pages lack an image's section, or have one that is not whole. Then what is not of the kernel is taken from the
 * same size with another kernel, and the kernel's packages from the same kernel in the other size: the images differ in
 * nothing else, but that only the default one has `kernel-tools`. What a list has that is not whole, it has all the same.
 */
export function sectionOf(notes: ReleaseNotes, { flavour, kernel }: ImageFlavour): FoundSection | string {
  const read = readSections(notes);
  const whole = new Map([...read].filter(([title]) => lackingOf(title, read, notes.release).length === 0));
  const own = whole.get(`${flavour} ${kernel}`);
  if (own !== undefined) return { packages: own, reconstructed: false };
  const sibling = [...whole].find(([title]) => title.startsWith(`${flavour} `))?.[1];
  const other = whole.get(`${flavour === 'default' ? 'minimal' : 'default'} ${kernel}`);
  if (sibling === undefined || other === undefined) {
    const [image, of] = [`the ${flavour} kernel ${kernel} image`, `the release notes of ${notes.release}`];
    if (!read.has(`${flavour} ${kernel}`)) return `${of} have no section for ${image}`;
    return `the list of ${image} in ${of} is not whole: it lacks ${lackingOf(`${flavour} ${kernel}`, read, notes.release).join(', ')}`;
  }
  const found = [
    ...sibling.filter(({ name }) => !belongsToKernel(name)),
    ...[...other, ...(read.get(`${flavour} ${kernel}`) ?? [])].filter(({ name }) => belongsToKernel(name)),
  ];
  const packages = [...new Map(found.map((each) => [each.name, each])).values()];
  return { packages, reconstructed: true };
}

/** By size and kernel, such as `default 6.1`. */
type Sections = ReadonlyMap<string, readonly NamedVersion[]>;

function readSections({ images }: ReleaseNotes): Sections {
  const sections = new Map<string, readonly NamedVersion[]>();
  for (const [title, { packages, unread }] of images) {
    const [, size, stream] = TITLE.exec(title) ?? [];
    if (size !== undefined && stream !== undefined && unread === 0)
      sections.set(`${size.toLowerCase()} ${stream}`, packages);
  }
  return sections;
}

/** What a section lacks beside those that cannot name more than it: its own size, and the minimal one. */
function lackingOf(title: string, sections: Sections, release: string): string[] {
  const [size = ''] = title.split(' ');
  const siblings = [...sections]
    .filter(([other]) => other !== title && (other.startsWith(`${size} `) || other.startsWith('minimal ')))
    .map(([, packages]) => packages);
  return lackingIn(sections.get(title) ?? [], { release, siblings });
}
