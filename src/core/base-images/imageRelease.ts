/** Which release of its upstream an image is. */
export interface ImageRelease {
  /** The upstream's name of it, such as `2023.10.20260120`; releases of one base are told apart by it. */
  readonly name: string;
  /** `YYYYMMDD`, the date in the name: releases of one version are ordered by it. */
  readonly date: string;
  /** Builds of one date in order, digits and dots such as `4` or `0.2`; empty if the upstream has none. */
  readonly build: string;
  /** Version of the distribution as far as the name tells, such as `2023.10`, `9.4` or `15-sp6`. */
  readonly version?: string;
  /** Kernel stream as far as the name tells, such as `6.1`. */
  readonly kernel?: string;
  /** Size of the image where the upstream makes several. */
  readonly flavour?: 'default' | 'minimal';
  /**
   * Of several images that are made of a release, one whose packages the ordinary one's list does not tell, such as
   * `minimal`, `pro-server` or `eks`.
   */
  readonly variant?: string;
  /**
   * `own-name`: the name is its owner's, and stands for the release; the date is the creation date. `creation-date`: the
   * name told nothing, date and name are made of the image's creation date and id.
   */
  readonly readFrom: 'name' | 'own-name' | 'creation-date';
}

const sign = (difference: number): -1 | 0 | 1 => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/** Orders dotted numbers by value: `0.10` after `0.9`, `4` after nothing. Works for numbers of any length. */
export function compareDotted(a: string, b: string): -1 | 0 | 1 {
  const [left, right] = [a, b].map((text) => (text.match(/\d+/g) ?? []).map((digits) => BigInt(digits)));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i += 1) {
    const x = left?.[i] ?? -1n;
    const y = right?.[i] ?? -1n;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/**
 * Orders releases of one base: by version, where both tell one, then by date, build and name (so that the order is
 * total). The version comes first as where an image is chosen: the first image of a point release may have been made
 * before the last one of the release that it follows.
 */
export function compareReleases(a: ImageRelease, b: ImageRelease): -1 | 0 | 1 {
  const tell = a.version !== undefined && b.version !== undefined;
  const versions = tell ? compareDotted(a.version, b.version) : 0;
  if (versions !== 0) return versions;
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return compareDotted(a.build, b.build) || sign(a.name === b.name ? 0 : a.name < b.name ? -1 : 1);
}

/** `date` of an image that neither its name nor its creation date dates. */
export const UNDATED = '00000000';

/** Whether an update goes back to an older release. What is not dated, or differs in name alone, went nowhere that we know. */
export function wentBack({ from, to }: { readonly from: ImageRelease; readonly to: ImageRelease }): boolean {
  const dated = from.date !== UNDATED && to.date !== UNDATED;
  const apart = from.version !== to.version || from.date !== to.date || from.build !== to.build;
  return dated && apart && compareReleases(to, from) < 0;
}
