import type { OpenAdvisory } from '../evidence/openAdvisories.ts';

/** What a sentence can hold; the whole is in the record of the check. */
const MOST = { advisories: 4, packages: 3, cves: 6 } as const;

/** The first few, and how many more there are. */
function few(all: readonly string[], most: number): string {
  const more = all.length - most;
  return more <= 0 ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${more} more`;
}

/**
 * What is open in an image's packages, in a sentence: the same in every region where the same is open, as reasons are
 * told apart by their words.
 */
export function holesInWords(open: readonly OpenAdvisory[]): string {
  const told = open.map(({ id, level, packages, cves }) => {
    const names = few(
      packages.map(({ name }) => name),
      MOST.packages,
    );
    return `${id} (${level}: ${[names, few(cves, MOST.cves)].filter((text) => text !== '').join('; ')})`;
  });
  const exploited = [...new Set(open.flatMap((one) => one.exploited))].sort();
  const attacked = exploited.length === 0 ? '' : `; known to be exploited: ${few(exploited, MOST.cves)}`;
  return `its packages have holes that are fixed by now: ${few(told, MOST.advisories)}${attacked}`;
}
