import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { numbers } from '../../test/core/numbers.ts';
import { sentence } from './random.ts';

/** The releases that are compared; every release has this day of a month. */
export const AMAZON_FROM = '2023.12.20260601';
export const AMAZON_TO = '2023.12.20260701';

/** As many as upstream has by the end of 2026, and half again. */
const ADVISORIES = 3_500;
const PACKAGES = 1_200;
const MONTHS = 42;

const two = (number: number): string => String(number).padStart(2, '0');

/** `2023.0.20230301` to `2023.12.20260801`, oldest first. */
const RELEASES = Array.from({ length: MONTHS }, (_, month) => {
  const year = 2023 + Math.floor((month + 2) / 12);
  return `2023.${Math.floor(month / 3)}.${year}${two(((month + 2) % 12) + 1)}01`;
}).map((release) =>
  release.endsWith('20260601') || release.endsWith('20260701') ? `2023.12.${release.slice(-8)}` : release,
);

const versionIn = (name: number, month: number): string =>
  `1.${name % 40}.${Math.floor(month / (1 + (name % 5)))}`;

function updateinfo(): string {
  const next = numbers(1);
  const updates = Array.from({ length: ADVISORIES }, (_, index) => {
    const month = Math.floor((index * MONTHS) / ADVISORIES);
    const [isKernel, first] = [index % 12 === 0, next(PACKAGES - 30)];
    const cves = Array.from(
      { length: isKernel ? 40 : 1 + next(4) },
      () => `CVE-${2023 + next(4)}-${1_000 + next(60_000)}`,
    );
    const rows = Array.from({ length: isKernel ? 24 : 2 + next(12) }, (_, i) => first + i).flatMap((name) =>
      ['x86_64', 'aarch64'].flatMap((arch) =>
        ['', '-debuginfo', '-debugsource'].map(
          (suffix) =>
            `<package name="package-${name}${suffix}" version="${versionIn(name, month)}" release="1.amzn2023.0.${month}" epoch="0" arch="${arch}"><filename>Packages/package-${name}${suffix}-${versionIn(name, month)}-1.amzn2023.0.${month}.${arch}.rpm</filename></package>`,
        ),
      ),
    );
    const references = cves.map(
      (cve) =>
        `<reference href="http://cve.mitre.org/cgi-bin/cvename.cgi?name=${cve}" title="" id="${cve}" type="cve" />`,
    );
    const date = RELEASES[month]!.slice(-8).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
    const description = cves.map((cve) => `${cve}: ${sentence(next, 40)}`).join('\n');
    return `<update status="final" version="1.4" author="linux-security@amazon.com" type="security" from="linux-security@amazon.com"><id>ALAS2023-${date.slice(0, 4)}-${index + 1}</id><title>Amazon Linux 2023 - ALAS2023-${index}: package</title><issued date="${date} 09:00" /><updated date="${date} 09:00" /><severity>${['Low', 'Medium', 'Important', 'Critical'][next(4)]!}</severity><description>Package updates are available for Amazon Linux 2023 that fix the following vulnerabilities:\n${description}</description><references>${references.join('')}</references><pkglist><collection short="amazon-linux-2023"><name>Amazon Linux 2023</name>${rows.join('')}</collection></pkglist></update>`;
  });
  return `<?xml version="1.0" ?>\n<updates>${updates.join('\n')}</updates>`;
}

function rss(): string {
  const next = numbers(2);
  const items = Array.from({ length: ADVISORIES }, (_, index) => {
    const month = Math.floor((index * MONTHS) / ADVISORIES);
    const date = RELEASES[month]!.slice(-8).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
    const cves = Array.from(
      { length: index % 12 === 0 ? 40 : 4 },
      () => `CVE-${2023 + next(4)}-${1_000 + next(60_000)}`,
    );
    return `<item><title>ALAS2023-${date.slice(0, 4)}-${index + 1} (important): package-${next(PACKAGES)}</title><description>${cves.join(', ')}</description><pubDate>${new Date(date).toUTCString()}</pubDate><guid>x</guid></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0"><channel><title>Amazon Linux 2023 Security Bulletins</title>${items.join('\n')}</channel></rss>`;
}

/**
 * A page lists forty packages for each default image and half of them for each minimal one, the release's own among
 * them, and four hundred of the repository. Images of one size differ by their kernel alone, as the real ones do.
 */
function page(release: string, month: number): string {
  const next = numbers(1_000 + month);
  const rows = (count: number) =>
    Array.from({ length: count }, () => next(PACKAGES)).map(
      (name) => `|  package-${name}-${versionIn(name, month)}-1.amzn2023.0.${month}  |`,
    );
  const inImages = [`|  system-release-${release}-1.amzn2023  |`, ...rows(39)];
  const sections = ['6.1', '6.12', '6.18'].flatMap((kernel) =>
    (['Default', 'Minimal'] as const).map((size) => {
      const listed = size === 'Default' ? inImages : inImages.slice(0, 20);
      return `### ${size} Kernel ${kernel} AMI\n\n|  |\n| --- |\n${listed.join('\n')}\n`;
    }),
  );
  return `# Amazon Linux 2023 version ${release} release notes\n\n## Repository Updates\n\n### Core Updated Packages\n\n|  |\n| --- |\n${rows(400).join('\n')}\n\n## Image Updates\n\n${sections.join('\n')}`;
}

/** Amazon Linux 2023's feeds as long as the real ones: paths and bodies. */
export function amazonFeedsOfTrueSize(): { files: Map<string, Buffer>; updateinfoBytes: number } {
  const document = updateinfo();
  const packed = gzipSync(document);
  const repository = '/al2023/core/guids/46ff/x86_64/';
  const sha256 = createHash('sha256').update(packed).digest('hex');
  const releases = RELEASES.map((version) => `<release version="${version}"></release>`).join('');
  const files = new Map<string, string | Buffer>([
    ['/al2023/core/releasemd.xml', `<root><releases>${releases}</releases></root>`],
    ['/al2023/core/mirrors/latest/x86_64/mirror.list', `https://cdn.amazonlinux.com${repository}`],
    [
      `${repository}repodata/repomd.xml`,
      `<repomd><data type="updateinfo"><checksum type="sha256">${sha256}</checksum><location href="repodata/updateinfo.xml.gz"/><timestamp>1783000000</timestamp><size>${packed.length}</size><open-size>${document.length}</open-size></data></repomd>`,
    ],
    [`${repository}repodata/updateinfo.xml.gz`, packed],
    ['/AL2023/alas.rss', rss()],
    ...RELEASES.map(
      (release, month) =>
        [`/linux/al2023/release-notes/relnotes-${release}.md`, page(release, month)] as const,
    ),
  ]);
  return {
    files: new Map([...files].map(([path, body]) => [path, Buffer.from(body)])),
    updateinfoBytes: document.length,
  };
}
