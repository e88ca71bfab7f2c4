import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { SECOND } from '../../src/core/words.ts';
import type { Instant } from '../../src/core/words.ts';
import {
  al2023Releases,
  al2023Rss,
  al2Releases,
  alas2023,
  quarterPage,
  releasemdXml,
  releaseNotesHtml,
  releaseNotesMarkdown,
  repomdXml,
  rssXml,
  updateinfoXml,
} from '../core/evidence/amazonFeeds.ts';
import type { FeedServer } from './feedServer.ts';
import { redirect } from './feedServer.ts';

export const AL2023 = {
  releases: '/al2023/core/releasemd.xml',
  mirrorList: '/al2023/core/mirrors/latest/x86_64/mirror.list',
  repository: '/al2023/core/guids/46ff/x86_64/',
  rss: '/AL2023/alas.rss',
  notes: '/linux/al2023/release-notes',
} as const;

const AL2 = {
  core: '/2/core/latest/x86_64/mirror.list',
  kernel: '/2/extras/kernel-5.10/latest/x86_64/mirror.list',
  rss: '/AL2/alas.rss',
  notes: '/AL2/latest/relnotes',
} as const;

export const KEV = '/sites/default/files/feeds/known_exploited_vulnerabilities.json';

export const kevJson = (cves: readonly string[]): string =>
  JSON.stringify({
    catalogVersion: '2026.07.15',
    count: cves.length,
    vulnerabilities: cves.map((cveID) => ({ cveID })),
  });

/** A repository with one updateinfo; `mirror.list` names Amazon's own host, in one line without an end. */
export function serveRepository(
  server: Pick<FeedServer, 'routes'>,
  { mirrorList, repository }: { mirrorList: string; repository: string },
  document: string,
  madeAt: Instant,
): void {
  const packed = gzipSync(document);
  server.routes.set(mirrorList, `https://cdn.amazonlinux.com${repository}`);
  server.routes.set(
    `${repository}repodata/repomd.xml`,
    repomdXml({
      href: 'repodata/updateinfo.xml.gz',
      sha256: createHash('sha256').update(packed).digest('hex'),
      size: packed.length,
      openSize: document.length,
      timestamp: madeAt / SECOND,
    }),
  );
  server.routes.set(`${repository}repodata/updateinfo.xml.gz`, packed);
}

/** Every feed of Amazon Linux 2023 with the real history; every other release has only the HTML page. */
export function serveAmazonLinux2023(server: FeedServer, madeAt: Instant): void {
  const { routes } = server;
  const releases = al2023Releases();
  routes.set(AL2023.releases, releasemdXml(releases.map(({ release }) => release)));
  serveRepository(server, AL2023, updateinfoXml(alas2023()), madeAt);
  routes.set(AL2023.rss, al2023Rss(alas2023()));
  for (const [index, release] of releases.entries()) {
    const page = `${AL2023.notes}/relnotes-${release.release}`;
    if (index % 2 === 0) routes.set(`${page}.html`, releaseNotesHtml(release));
    else routes.set(`${page}.md`, releaseNotesMarkdown(release));
  }
  routes.set(`${AL2023.notes}/relnotes-2023.12.html`, quarterPage('2023.12'));
  routes.set(KEV, kevJson(['CVE-2021-44228']));
}

/** A release that has no page yet: its address leads to the page of its quarter. */
export function unpublish({ routes }: FeedServer, release: string): void {
  routes.delete(`${AL2023.notes}/relnotes-${release}.md`);
  routes.set(`${AL2023.notes}/relnotes-${release}.html`, redirect('./relnotes-2023.12.html'));
}

/** Amazon Linux 2: the list of releases is a page of its own, the kernel's advisories are in a repository of their own. */
export function serveAmazonLinux2(
  server: FeedServer,
  madeAt: Instant,
  updateinfo: { core: string; kernel: string },
): void {
  const { routes } = server;
  const rows = al2Releases().map(({ release }) => {
    const date = release.slice(-8);
    const text = `Amazon Linux 2 ${release}.0 includes updated packages for this release.`;
    return `| [Updated packages](https://docs.aws.amazon.com/AL2/latest/relnotes/relnotes-${date}.html) |  ${text} | that day |`;
  });
  routes.set(
    `${AL2.notes}/relnotes-al2.md`,
    `# Amazon Linux 2 release notes\n\n| Change | Description | Date |\n| --- | --- | --- |\n${rows.reverse().join('\n')}\n`,
  );
  for (const facts of al2Releases()) {
    routes.set(
      `${AL2.notes}/relnotes-${facts.release.slice(-8)}.md`,
      releaseNotesMarkdown({ ...facts, release: `${facts.release}.1` }, 'Amazon Linux 2'),
    );
  }
  const core = { mirrorList: AL2.core, repository: '/2/core/2.0/x86_64/aa/' };
  const kernel = { mirrorList: AL2.kernel, repository: '/2/extras/kernel-5.10/stable/x86_64/bb/' };
  serveRepository(server, core, updateinfo.core, madeAt);
  serveRepository(server, kernel, updateinfo.kernel, madeAt);
  routes.set(AL2.rss, rssXml([]));
  routes.set(KEV, kevJson(['CVE-2021-44228']));
}
