import { setTimeout as sleep } from 'node:timers/promises';
import { apiClient, type ApiClient } from '../../src/api/client.ts';
import { ROOT_KEY } from '../../local/aws/ministack.ts';
import { scanUntilKnown, updateSeen } from '../../local/demo/follow/detection.ts';
import { localClients } from '../../local/demo/localClients.ts';
import { HOME_REGION, REGIONS } from '../../local/demo/stacks.ts';
import { publishRelease, readUpstream } from '../../local/demo/upstream.ts';
import type { Tell } from '../tell.ts';
import { readCounts } from './counts.ts';
import type { Deployment } from './deployment.ts';
import { BASE, POLICY, SLUGS, templateOf } from './inputs.ts';

const INTERVAL = 1_500;
const PATIENCE = 15 * 60_000;
/** A busy machine may take longer to answer than people would wait. */
const API_PATIENCE = 120_000;
/** As long as nothing is called for so long, everything that was to follow has followed. */
const QUIET = 6_000;

const EXPECTED = SLUGS.length * REGIONS.length;

export interface Story {
  readonly client: ApiClient;
  /** Publishes a release and waits until every template has its AMI on it, active and published, in every region. */
  readonly rebuildOn: (release: string) => Promise<void>;
}

/** Policy and templates are applied, and each template has its first AMI in each region. */
export async function untilBuilt(
  { endpoint, imageBuilderEndpoint, stacks }: Deployment,
  signal: AbortSignal,
  tell: Tell,
): Promise<Story & { readonly releases: readonly [string, string] }> {
  const client = apiClient({
    timeout: API_PATIENCE,
    environment: {
      AUTO_AMI_API_URL: stacks.apiUrl,
      AWS_REGION: HOME_REGION,
      AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    },
  });
  const clients = localClients(endpoint, imageBuilderEndpoint, HOME_REGION);
  const upstream = readUpstream(BASE);
  const [first, next] = upstream.releases;
  if (first === undefined || next === undefined) throw new Error(`Two releases of ${BASE} are needed.`);

  const untilOn = async (release: string): Promise<void> => {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const { images } = await client.call('images', {});
      const there = images.filter(
        ({ state, publishedAt, baseRelease }) =>
          state === 'active' && publishedAt !== null && baseRelease === release,
      ).length;
      tell(`${there} of ${EXPECTED} AMIs on ${release} are active and published`);
      if (there === EXPECTED) return;
      if (Date.now() > deadline)
        throw new Error(`only ${there} of ${EXPECTED} AMIs came within ${PATIENCE / 60_000} minutes`);
      await sleep(INTERVAL, undefined, { signal });
    }
  };

  tell('applying the policy, fifty templates, and asking for their first images');
  await client.call('changePolicy', { text: POLICY, file: 'bench.yaml', reason: 'bench' });
  await client.call('applyTemplates', {
    templates: SLUGS.map((slug, index) => ({ file: `${slug}.yaml`, text: templateOf(slug, index) })),
  });
  await publishRelease(upstream, first.release, clients);
  await scanUntilKnown([BASE], first.images.length, { client, signal });
  for (const slug of SLUGS)
    await client.call('buildTemplate', { slug, reason: 'first image', requestId: `first-${slug}` });
  await untilOn(first.release);
  await untilQuiet({ endpoint, imageBuilderEndpoint }, signal);

  return {
    client,
    releases: [first.release, next.release],
    async rebuildOn(release) {
      await publishRelease(upstream, release, clients);
      await client.call('scan', {});
      await updateSeen({ base: BASE, release, places: next.images.length }, { client, signal });
      await untilOn(release);
    },
  };
}

/** Waits until everything that was to follow has followed: notices, and what a closed build lets go on. */
export async function untilQuiet(
  endpoints: Pick<Deployment, 'endpoint' | 'imageBuilderEndpoint'>,
  signal: AbortSignal,
): Promise<void> {
  let before = -1;
  for (;;) {
    const { runs } = await readCounts(endpoints);
    const all = runs.reduce((sum, { count }) => sum + count, 0);
    if (all === before) return;
    before = all;
    await sleep(QUIET, undefined, { signal });
  }
}
