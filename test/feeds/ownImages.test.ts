import { afterAll, beforeAll, expect, test } from 'vitest';
import { basesOf } from '../../src/core/base-images/basesOf.ts';
import { releaseIn } from '../../src/core/base-images/releaseOf.ts';
import type { TrackedBaseImage as PolicyBaseImage } from '../../src/core/policy/policy.ts';
import { serveAmazonLinux2023 } from './amazonServer.ts';
import { evidenceAt } from './evidenceAt.ts';
import { feedServer, type FeedServer } from './feedServer.ts';
import { serveUbuntu } from './ubuntuServer.ts';

let server: FeedServer;
beforeAll(async () => {
  server = await feedServer();
  serveAmazonLinux2023(server, Date.parse('2026-07-15T12:00:00Z'));
  serveUbuntu(server);
});
afterAll(() => server.close());

/** What is said of two images of a base image of the policy's own that is like a built-in one. */
async function assessed(like: string, from: string, to: string) {
  const source: PolicyBaseImage['source'] = {
    kind: 'own-parameter',
    parameters: { x86_64: '/ours' },
  };
  const ours: PolicyBaseImage = {
    name: 'ours',
    source,
    architectures: ['x86_64'],
    like,
    operatingSystem: null,
    endOfLife: null,
  };
  const base = basesOf({ baseImages: [ours] }).get('ours')!;
  const [older, newer] = [from, to].map((name, i) => releaseIn(base, { imageId: `ami-${i}`, name }));
  const result = await evidenceAt(server, { now: () => Date.parse('2026-07-15T12:00:00Z') }).assess({
    ...{ base, architecture: 'x86_64', from: older!, to: newer! },
    known: [],
  });
  return { ...result, asked: result.sources.map(({ name }) => name) };
}

const amazon = (release: string) => `al2023-ami-${release}.0-kernel-6.1-x86_64`;

test("an own base image whose images bear Amazon's names has Amazon's evidence, and no other has", async () => {
  const releases = ['2023.11.20260427', '2023.11.20260505'] as const;
  const [from, to] = releases.map(amazon) as [string, string];
  expect(await assessed('amazon-linux-2023', from, to)).toMatchObject({
    confidence: 'exact',
    advisories: [{ id: 'ALAS2023-2026-1651' }],
  });
  const golden = await assessed('amazon-linux-2023', `${from}-golden`, `${to}-golden`);
  expect(golden.confidence).not.toBe('exact');
  expect(golden.asked).not.toContain('Amazon Linux release notes');
});

test("what is made from Ubuntu's images is not looked up in the manifests of Canonical's", async () => {
  const asked = async (name: (serial: string) => string) =>
    (await assessed('ubuntu-24.04', name('20240821'), name('20240927'))).asked.filter((source) =>
      source.includes('manifest'),
    );
  const image = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server';
  expect(await asked((serial) => `${image}-${serial}`)).toHaveLength(2);
  expect(await asked((serial) => `golden-${serial}`)).toEqual([]);
});
