import { rssXml, updateinfoXml } from '../../core/evidence/amazonFeeds.ts';
import { AL2023, KEV, kevJson, serveRepository } from '../../feeds/amazonServer.ts';
import { feedServer, type FeedServer } from '../../feeds/feedServer.ts';
import { POLICY } from './templates.ts';

/** Amazon's feeds on this machine, with one critical advisory of now about a package: no version there is has the fix. */
export async function feedsWithHoleIn(name: string): Promise<FeedServer> {
  const server = await feedServer();
  const cves = ['CVE-2026-4001'];
  const advisory = {
    id: 'ALAS2023-2026-9001',
    severity: 'Important',
    issued: new Date().toISOString(),
    cves,
    packages: [[name, 9, '99.0.0', '1.amzn2023']],
  } as const;
  serveRepository(server, AL2023, updateinfoXml([advisory]), Date.now());
  server.routes.set(AL2023.rss, rssXml([]));
  server.routes.set(KEV, kevJson(cves));
  return server;
}

/** The policy of all tests, but for Amazon's feeds and the catalogue of exploited CVEs, which are asked at a mirror. */
export function policyWithFeedsAt({ url }: FeedServer): string {
  return ['amazon_linux', 'cisa_kev'].reduce(
    (text, source) => text.replace(`${source}: { enabled: false }`, `${source}: { base_url: '${url}' }`),
    POLICY,
  );
}
