import { spawnSync } from 'node:child_process';
import { TAR_END, tarEntry } from '../../test/core/evidence/feeds/tarOf.ts';
import { storedXz } from '../../test/core/evidence/feeds/xz/storedXz.ts';
import { numbers } from '../../test/core/numbers.ts';
import { sentence } from './random.ts';

export const UBUNTU_FROM = '20260601';
export const UBUNTU_TO = '20260701';

/**
 * Canonical's archive in 2026 has 57,500 records: 50,500 of single CVEs and 7,000 notices. They are 7.3 GB, packed to
 * 30 to 46 MB, as most of a record is what the one before it said of the same kernels.
 */
const CVES = 50_500;
const NOTICES = 7_000;
/** The part of the CVEs that is made; the archive has it this often. */
const PARTS = 25;

const RELEASES = ['16.04', '18.04', '20.04', '22.04', '24.04', '26.04'];
const ECOSYSTEMS = RELEASES.flatMap((release) => [`Ubuntu:${release}:LTS`, `Ubuntu:Pro:${release}:LTS`]);

type Next = (below: number) => number;

function affected(name: string, ecosystem: string, version: string, next: Next): object {
  return {
    package: { ecosystem, name, purl: `pkg:deb/ubuntu/${name}@${version}?arch=source&distro=noble` },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: version }] }],
    versions: Array.from({ length: 10 + next(50) }, (_, i) => `6.8.0-${i + 4}.${i + 4}~${next(10)}`),
    ecosystem_specific: {
      binaries: Array.from({ length: 5 + next(40) }, (_, i) => ({
        binary_name: `${name}-binary-${i}`,
        binary_version: version,
      })),
      availability: 'No subscription required',
    },
  };
}

/** What is said of the same package again and again. */
function repertoire(next: Next): { kernels: string[]; others: string[] } {
  const json = (value: object) => JSON.stringify(value, null, 2);
  const names = Array.from(
    { length: 60 },
    (_, i) => `linux-${['aws', 'azure', 'gcp', 'oracle', 'kvm', 'ibm'][i % 6]!}-${i}`,
  );
  return {
    kernels: names.flatMap((name) =>
      ['Ubuntu:22.04:LTS', 'Ubuntu:24.04:LTS'].map((ecosystem) =>
        json(affected(name, ecosystem, '6.8.0-60.63', next)),
      ),
    ),
    others: Array.from({ length: 400 }, (_, i) =>
      ECOSYSTEMS.map((ecosystem) =>
        json(affected(`package-${i}`, ecosystem, `1.${i}.0-2ubuntu0.${i % 9}`, next)),
      ).join(',\n'),
    ),
  };
}

function cvePart(): Buffer {
  const next = numbers(3);
  const { kernels, others } = repertoire(next);
  const entries = Array.from({ length: Math.ceil(CVES / PARTS) }, (_, index) => {
    const id = `UBUNTU-CVE-${2010 + (index % 17)}-${10_000 + index}`;
    const body = index % 3 === 0 ? kernels.join(',\n') : others[next(others.length)]!;
    const head = {
      schema_version: '1.7.0',
      id,
      details: sentence(next, 60),
      published: '2026-06-01T00:00:00Z',
    };
    return tarEntry(
      `osv/cve/${2010 + (index % 17)}/${id}.json`,
      `${JSON.stringify(head).slice(0, -1)},\n"affected": [${body}]}`,
    );
  });
  return Buffer.concat(entries);
}

/** A notice each hour or so, the newest of 2 July 2026; every fourth is about kernels. */
function noticePart(): Buffer {
  const next = numbers(4);
  const newest = Date.parse('2026-07-02T12:00:00Z');
  const entries = Array.from({ length: NOTICES }, (_, index) => {
    const id = `USN-${9_500 - Math.floor(index / 2)}-${1 + (index % 2)}`;
    const names =
      index % 4 === 0 ? Array.from({ length: 12 }, (_, i) => `linux-aws-${i}`) : [`source-${index % 500}`];
    const cves_map = {
      cves: [{ id: `CVE-2026-${10_000 + index}`, severity: [{ type: 'Ubuntu', score: 'medium' }] }],
    };
    const record = {
      schema_version: '1.7.0',
      id,
      summary: `${names[0]!} vulnerabilities`,
      details: sentence(next, 60),
      published: new Date(newest - index * 6 * 3_600_000).toISOString(),
      affected: names.flatMap((name) =>
        ECOSYSTEMS.map((ecosystem) => ({
          ...affected(name, ecosystem, `1.2.${NOTICES - index}-0ubuntu1`, next),
          database_specific: { cves_map },
        })),
      ),
    };
    return tarEntry(`osv/usn/${id}.json`, JSON.stringify(record, null, 2));
  });
  return Buffer.concat(entries);
}

function packed(bytes: Buffer): Buffer {
  const { error, status, stdout } = spawnSync('xz', ['-6', '-c'], { input: bytes, maxBuffer: 1e9 });
  if (error !== undefined || status !== 0)
    throw new Error('The bench of the Ubuntu archive needs the program xz.');
  return stdout;
}

/** The two manifests, of two thousand packages, of which every third moved. */
export function ubuntuManifest(serial: string): string {
  const rows = Array.from({ length: 2_000 }, (_, i) => {
    const later = serial === UBUNTU_TO && i % 3 === 0;
    return `source-${i % 500}-binary-${i}:amd64\t1.2.${later ? 6_990 : 6_800}-0ubuntu1`;
  });
  return `${rows.join('\n')}\n`;
}

/** `osv-all.tar.xz` of true size: its pieces, and how much they unpack to. */
export function ubuntuArchiveOfTrueSize(): { pieces: readonly Buffer[]; unpackedBytes: number } {
  const [cves, notices] = [cvePart(), noticePart()];
  const part = packed(cves);
  return {
    // Files in a row are one file to xz, as long as the archive inside goes on.
    pieces: [...Array.from({ length: PARTS }, () => part), packed(notices), storedXz(TAR_END)],
    unpackedBytes: PARTS * cves.length + notices.length + TAR_END.length,
  };
}
