import { knownLevel, sortCves } from '../evidence/advisory.ts';
import type { Advisory } from '../evidence/advisory.ts';
import { raiseExploited } from '../evidence/exploited.ts';
import type { OpenAdvisory } from '../evidence/openAdvisories.ts';
import { packageKey } from '../template/names.ts';
import type { Instant } from '../words.ts';

/** Behind the name of a package that is pip's. */
const PIP = ' (pip)';

export function isOfPip({ name }: OpenAdvisory['packages'][number]): boolean {
  return name.endsWith(PIP);
}

/**
 * The advisories about what a template has pip install, as far as they came out after its AMI was built. Which version
 * that holds nobody has written down: it was the newest then, so a fault that became known later, and has a fix, is
 * most likely in it. GitHub and PyPA both tell of one fault, each by its own id: they are one by the CVE.
 */
export function openInPip(
  names: readonly string[],
  builtAt: Instant,
  advisories: readonly Advisory[],
  exploited: ReadonlySet<string>,
): OpenAdvisory[] {
  const found = new Map<string, OpenAdvisory>();
  for (const advisory of advisories) {
    const { id: ownId, cves, published, url } = advisory;
    if (published === undefined || published < builtAt) continue;
    const packages = fixedAmong(names, advisory);
    if (packages.length === 0) continue;
    const id = cves[0] ?? ownId;
    const known = found.get(id);
    const raised = raiseExploited(advisory, exploited);
    found.set(id, {
      id,
      level: known === undefined ? raised.level : knownLevel(raised.level, known.level),
      exploited: raised.exploited,
      cves: sortCves([...cves, ...(known?.cves ?? [])]),
      packages: known?.packages ?? packages,
      published,
      ...(url === undefined ? {} : { url }),
    });
  }
  return [...found.values()];
}

/** The newest fixed version of each: of several streams it is the one that pip would install. */
function fixedAmong(names: readonly string[], { fixes }: Advisory): OpenAdvisory['packages'][number][] {
  const newest = new Map(
    fixes
      .map(({ name, version }) => [packageKey('pip', name), version] as const)
      .filter(([name]) => names.includes(name)),
  );
  return [...newest].map(([name, fixed]) => ({ name: `${name}${PIP}`, installed: 'not known', fixed }));
}
