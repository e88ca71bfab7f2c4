import { ARCHITECTURES } from '../../words.ts';
import type { Architecture } from '../../words.ts';
import { sortCves } from '../advisory.ts';
import type { Advisory, FixedIn } from '../advisory.ts';
import { isLivePatch } from '../kernelStream.ts';
import { severityLevel } from '../severity.ts';
import { advisoryId, advisoryUrl } from './amazonDistributions.ts';
import type { AmazonDistribution } from './amazonDistributions.ts';
import type { ChunkParser } from './chunkParser.ts';
import { ownCopy } from './chunkParser.ts';
import { parseFeedDate } from './feedDates.ts';
import { xmlParser } from './xmlParser.ts';
import type { XmlAttributes } from './xmlTag.ts';
import { recordHandler } from './xmlText.ts';

const ON: Readonly<Record<string, readonly Architecture[]>> = {
  x86_64: ['x86_64'],
  aarch64: ['arm64'],
  noarch: ARCHITECTURES,
};

/** Packages with the debugging information of others: always of the same version, in no image. */
const DEBUG = /-debug(?:info|source)(?:-|$)/;

const CVE = /^CVE-\d{4}-\d{4,}$/;

interface Draft {
  id: string;
  type: string;
  severity: string;
  issued: string | undefined;
  cves: string[];
  /** Architectures by `name version`. */
  packages: Map<string, { name: string; version: string; on: Set<Architecture> }>;
}

const aDraft = (attributes: XmlAttributes): Draft => ({
  id: '',
  type: attributes.get('type') ?? 'security',
  severity: '',
  issued: undefined,
  cves: [],
  packages: new Map(),
});

function addPackage({ packages }: Draft, attributes: XmlAttributes): void {
  const [name, version, release] = ['name', 'version', 'release'].map((key) => attributes.get(key) ?? '');
  const on = ON[attributes.get('arch') ?? ''];
  if (!name || !version || !release || on === undefined || DEBUG.test(name) || isLivePatch(name)) return;
  const epoch = attributes.get('epoch') ?? '';
  const text = `${/^0*$/.test(epoch) ? '' : `${epoch}:`}${version}-${release}`;
  const key = `${name} ${text}`;
  const known = packages.get(key);
  if (known === undefined) packages.set(key, { name, version: text, on: new Set(on) });
  else for (const architecture of on) known.on.add(architecture);
}

const fixesOf = ({ packages }: Draft): FixedIn[] =>
  [...packages.values()].map(({ name, version, on }) => ({
    name: ownCopy(name),
    version: ownCopy(version),
    ...(on.size === ARCHITECTURES.length ? {} : { architectures: [...on] }),
  }));

function advisoryOf(draft: Draft, distribution: AmazonDistribution): Advisory {
  const published = parseFeedDate(draft.issued);
  const id = ownCopy(advisoryId(distribution, draft.id) ?? draft.id);
  return {
    id,
    level: severityLevel('alas', draft.severity),
    cves: sortCves(draft.cves.map(ownCopy)),
    ...(published === undefined ? {} : { published }),
    fixes: fixesOf(draft),
    about: [],
    feeds: ['updateinfo'],
    url: advisoryUrl(distribution, id),
  };
}

/**
 * Reads `updateinfo.xml` as Amazon Linux publishes it, of any length: every security advisory is handed to
 * `onAdvisory` as soon as it is complete and then forgotten. `wants` is asked first, by id and package names, so that
 * what nobody wants is not even made. Gives the number of security advisories read.
 *
 * Read the updateinfo of the newest release, not of the image's own: advisories come after the fix they are about.
 */
export function updateinfoParser(
  distribution: AmazonDistribution,
  onAdvisory: (advisory: Advisory) => void,
  wants: (id: string, names: Iterable<string>) => boolean = () => true,
): ChunkParser<number> {
  let draft: Draft | null = null;
  let count = 0;
  const xml = xmlParser(
    'updates',
    recordHandler({
      texts: new Set(['update/id', 'update/severity']),
      open(path, attributes) {
        if (path === 'update') draft = aDraft(attributes);
        else if (draft === null) return;
        else if (path === 'update/issued') draft.issued = attributes.get('date');
        else if (path === 'update/references/reference') {
          const id = (attributes.get('id') ?? attributes.get('title') ?? '').toUpperCase();
          if (attributes.get('type')?.toLowerCase() === 'cve' && CVE.test(id)) draft.cves.push(id);
        } else if (path === 'update/pkglist/collection/package') addPackage(draft, attributes);
      },
      close(path, text) {
        if (draft === null) return;
        if (path === 'update/id') draft.id = text;
        else if (path === 'update/severity') draft.severity = text;
        else if (path === 'update') {
          const whole = draft;
          draft = null;
          if (whole.type.toLowerCase() !== 'security' || whole.id === '') return;
          count += 1;
          const names = [...whole.packages.values()].map(({ name }) => name);
          if (wants(whole.id, names)) onAdvisory(advisoryOf(whole, distribution));
        }
      },
    }),
  );
  return { write: xml.write, end: () => (xml.end(), count) };
}
