import { KEV, kevJson, AL2023, serveAmazonLinux, serveRepository } from '../../local/feeds/amazonServer.ts';
import type { Instant } from '../../src/core/words.ts';
import {
  al2023Releases,
  al2Releases,
  alas2023,
  quarterPage,
  releaseNotesMarkdown,
  rssXml,
} from '../core/evidence/amazonFeeds.ts';
import type { FeedServer } from './feedServer.ts';
import { redirect } from './feedServer.ts';

export * from '../../local/feeds/amazonServer.ts';

const AL2 = {
  core: '/2/core/latest/x86_64/mirror.list',
  kernel: '/2/extras/kernel-5.10/latest/x86_64/mirror.list',
  rss: '/AL2/alas.rss',
  notes: '/AL2/latest/relnotes',
} as const;

/** Every feed of Amazon Linux 2023 with the real history. */
export function serveAmazonLinux2023(server: FeedServer, madeAt: Instant): void {
  serveAmazonLinux(server, { releases: al2023Releases(), advisories: alas2023() }, madeAt);
  server.routes.set(`${AL2023.notes}/relnotes-2023.12.html`, quarterPage('2023.12'));
  server.routes.set(KEV, kevJson(['CVE-2021-44228']));
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
