import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EVIDENCE_SOURCES } from '../../src/core/policy/policy.ts';
import type { Instant } from '../../src/core/words.ts';
import { KEV, kevJson, serveAmazonLinux } from './amazonServer.ts';
import { feedServer, type FeedServer } from './feedServer.ts';

const version = z.tuple([z.number(), z.string(), z.string()]);

/** What is known of the releases that the local run publishes (local/data). */
const facts = z.strictObject({
  releases: z.array(
    z.strictObject({ release: z.string(), imageUpdates: z.record(z.string(), z.array(z.string())) }),
  ),
  advisories: z.array(
    z.strictObject({
      id: z.string(),
      severity: z.string(),
      issued: z.string().nullable(),
      cves: z.array(z.string()),
      /** First fixed versions: name, epoch, version, release. */
      packages: z.array(z.tuple([z.string(), z.number(), z.string(), z.string()])).optional(),
      /** Of an advisory known second-hand: its source package and the version that fixes it. */
      package: z.string().optional(),
      fixedIn: version.optional(),
    }),
  ),
});

/** One entry of the real catalogue, so that it is not empty: see local/data/README.md. */
const EXPLOITED = ['CVE-2021-44228'];

export function readFeedFacts() {
  const file = join(import.meta.dirname, '..', 'data', 'amazon-linux-2023-feeds.json');
  const { releases, advisories } = facts.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    releases,
    advisories: advisories.map(({ packages, package: source, fixedIn, ...advisory }) => ({
      ...advisory,
      ...(packages === undefined ? {} : { packages }),
      ...(source === undefined ? {} : { package: source }),
      ...(fixedIn === undefined ? {} : { fixedIn }),
    })),
  };
}

/** The public feeds on loopback, in their upstream shapes and paths: the local run has no internet. */
export async function startLocalFeeds(now: Instant): Promise<FeedServer> {
  const server = await feedServer();
  serveAmazonLinux(server, readFeedFacts(), now);
  server.routes.set(KEV, kevJson(EXPLOITED));
  return server;
}

/** What the policy says to have every source asked there. */
export function policyForFeeds(url: string): { key: string; value: string }[] {
  return EVIDENCE_SOURCES.map((source) => ({ key: `evidence.${source}.base_url`, value: url }));
}
