import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { SECOND } from '../../src/core/words.ts';
import type { Instant } from '../../src/core/words.ts';
import {
  type AdvisoryFacts,
  al2023Rss,
  releasemdXml,
  releaseNotesHtml,
  releaseNotesMarkdown,
  type ReleaseFacts,
  repomdXml,
  updateinfoXml,
} from './amazonShapes.ts';
import type { FeedServer } from './feedServer.ts';

/** Paths of the feeds, as upstream has them. */
export const AL2023 = {
  releases: '/al2023/core/releasemd.xml',
  mirrorList: '/al2023/core/mirrors/latest/x86_64/mirror.list',
  repository: '/al2023/core/guids/46ff/x86_64/',
  rss: '/AL2023/alas.rss',
  notes: '/linux/al2023/release-notes',
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

/** Everything that is known of Amazon Linux 2023, as its feeds tell it; every other release has only the HTML page. */
export function serveAmazonLinux(
  server: Pick<FeedServer, 'routes'>,
  { releases, advisories }: { releases: readonly ReleaseFacts[]; advisories: readonly AdvisoryFacts[] },
  madeAt: Instant,
): void {
  const { routes } = server;
  routes.set(AL2023.releases, releasemdXml(releases.map(({ release }) => release)));
  serveRepository(server, AL2023, updateinfoXml(advisories), madeAt);
  routes.set(AL2023.rss, al2023Rss(advisories));
  for (const [index, release] of releases.entries()) {
    const page = `${AL2023.notes}/relnotes-${release.release}`;
    if (index % 2 === 0) routes.set(`${page}.html`, releaseNotesHtml(release));
    else routes.set(`${page}.md`, releaseNotesMarkdown(release));
  }
}
