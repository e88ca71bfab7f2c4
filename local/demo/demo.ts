import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiClient, type ApiClient } from '../../src/api/client.ts';
import type { BuildTemplateAnswer } from '../../src/api/answers.ts';
import { CHECKOUT, LOCAL_DIR } from '../aws/checkout.ts';
import { ROOT_KEY } from '../aws/ministack.ts';
import type { DemoOptions } from './arguments.ts';
import { ENVIRONMENT_FILE, environmentLines, writeEnvironmentFile } from './environmentFile.ts';
import { scanUntilKnown } from './follow/detection.ts';
import { follow } from './follow/follow.ts';
import type { Followed } from './follow/followed.ts';
import { lookAt } from './follow/look.ts';
import type { Lifetime } from './lifetime.ts';
import { localClients, type LocalClients } from './localClients.ts';
import { startLocalCloud } from './localCloud.ts';
import { policyForFeeds, startLocalFeeds } from '../feeds/localFeeds.ts';
import { openMailbox, type Mailbox } from './mailbox.ts';
import { followUpdate } from './rebuild.ts';
import { deployStacks, HOME_REGION, prepareStacks, REGIONS } from './stacks.ts';
import { stepsOn, type Showing } from './steps.ts';
import { publishRelease, readUpstream } from './upstream.ts';
import { buildLines, changeLines, countLine } from './view/buildLines.ts';
import type { Screen } from './view/screen.ts';
import { invitationLines, summaryLines } from './view/summaryLines.ts';

/** Whose next release is published before everybody's eyes. */
const MOVING_BASE = 'amazon-linux-2023';
const BASES = [MOVING_BASE, 'ubuntu-22.04'];

/** Of examples/templates; those that are built first, and so are kept. */
const BUILT = ['amazon-linux-basic', 'python-basic', 'ubuntu-basic'];
const APPLIED = [...BUILT, 'python-ml', 'r-research'];

export interface DemoWorld {
  readonly screen: Screen;
  readonly lifetime: Lifetime;
  readonly now: () => number;
}

/** What the acts of a run share once the stacks are there. */
export interface Stage extends DemoWorld {
  readonly client: ApiClient;
  readonly clients: LocalClients;
  readonly mailbox: Mailbox;
}

/**
 * The whole story: a local AWS, the stacks, templates and their first images, then an upstream release and what
 * becomes of it.
 * @returns whether every expected AMI is active and published
 * @throws Error with a sentence, if it cannot go on
 */
export async function demo(options: DemoOptions, world: DemoWorld): Promise<boolean> {
  const { screen, lifetime, now } = world;
  const { signal } = lifetime;
  const started = now();
  const steps = stepsOn(screen, now);
  const logFile = logsOf(options);

  const cloud = await steps.do({
    name: 'local AWS',
    doing: 'Starting the local AWS',
    work: () => startLocalCloud({ ...options, logFile, tell: (sentence) => screen.say(sentence) }, lifetime),
    done: ({ endpoint, imageBuilderEndpoint }) =>
      `The local AWS listens on ${endpoint}, its Image Builder on ${imageBuilderEndpoint}`,
  });
  const { endpoint } = cloud;
  await steps.do({
    name: 'cdk bootstrap and cdk synth',
    doing: 'Preparing the regions and the stacks: cdk bootstrap, cdk synth',
    work: () => prepareStacks({ endpoint, logFile, signal }),
    done: () => `Prepared ${REGIONS.join(' and ')}, and synthesized the stacks`,
  });
  const stacks = await steps.do({
    name: 'cdk deploy',
    doing: 'Deploying the hub and the spoke: cdk deploy',
    work: () => deployStacks({ endpoint, logFile, signal }),
    done: ({ hub, spokes }) => `Deployed ${[hub, ...spokes].join(' and ')}`,
  });
  writeEnvironmentFile(CHECKOUT, environmentLines(cloud, stacks));

  const clients = localClients(endpoint, cloud.imageBuilderEndpoint, HOME_REGION);
  const client = apiClient({
    environment: {
      AUTO_AMI_API_URL: stacks.apiUrl,
      AWS_REGION: HOME_REGION,
      AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    },
  });
  const upstreams = BASES.map(readUpstream);
  const feeds = await lifetime.hold(startLocalFeeds(now()), (server) => server.close());
  const mailbox = await steps.do({
    name: 'policy, templates, base images',
    doing: 'Applying policy and templates, publishing base images',
    work: async () => {
      await applyPolicy(client, feeds.url);
      await applyTemplates(client);
      for (const upstream of upstreams)
        await publishRelease(upstream, upstream.releases[0]?.release ?? '', clients);
      return openMailbox(clients, stacks.hub);
    },
    done: () =>
      `Applied the policy and ${APPLIED.length} templates; ${upstreams.map(({ title, releases }) => `${title} ${releases[0]?.release ?? ''}`).join(' and ')} are published upstream`,
  });
  const stage = { ...world, client, clients, mailbox };
  await steps.do({
    name: 'first scan',
    doing: 'Looking at all base images for the first time: cws scan',
    work: () => scanUntilKnown(BASES, REGIONS.length * 2, { client, signal }),
    done: ({ baseImages }) =>
      `Found ${baseImages.filter(({ places }) => places.length > 0).length} base images in ${REGIONS.length} regions`,
  });
  await steps.do({
    name: 'first images',
    doing: `Building ${BUILT.join(', ')}: cws templates auto-ami build`,
    work: (showing) => buildFirst(stage, showing),
    done: (builds) => `First images: ${countLine(builds, builds.length)}`,
  });

  const moving = upstreams.find(({ base }) => base === MOVING_BASE);
  if (moving === undefined) throw new Error(`Nothing is known of ${MOVING_BASE}.`);
  const rebuilt = await followUpdate(moving, REGIONS, stage, steps);
  screen.print(summaryLines({ ...rebuilt, steps: steps.taken, total: now() - started }, screen.width));
  if (!options.exit) screen.print(invitationLines(ENVIRONMENT_FILE));
  return rebuilt.amis.every(({ problem }) => problem === undefined);
}

function logsOf({ keepLog }: DemoOptions): (name: string) => string {
  const directory = keepLog ? `start-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}` : 'start';
  return (name) => join(LOCAL_DIR, 'log', directory, name);
}

const POLICY = 'local/demo/policy.yaml';

async function applyPolicy(client: ApiClient, feeds: string): Promise<void> {
  const text = readFileSync(join(CHECKOUT, POLICY), 'utf8');
  await client.call('changePolicy', { text, file: POLICY, reason: 'npm start' });
  // As `configure --set`: their address is another one in each run.
  await client.call('changePolicy', {
    set: policyForFeeds(feeds),
    reason: 'npm start: the public feeds are served on this machine',
  });
}

async function applyTemplates(client: ApiClient): Promise<void> {
  const templates = APPLIED.map((slug) => {
    const file = `examples/templates/${slug}.yaml`;
    return { file, text: readFileSync(join(CHECKOUT, file), 'utf8') };
  });
  await client.call('applyTemplates', { templates });
}

async function buildFirst(
  { client, clients: { imageBuilder }, screen, lifetime: { signal } }: Stage,
  showing: Showing,
): Promise<Followed[]> {
  const asked: BuildTemplateAnswer[] = [];
  for (const slug of BUILT)
    asked.push(await client.call('buildTemplate', { slug, reason: 'first image', requestId: randomUUID() }));
  const ids = new Set(asked.flatMap(({ regionBuilds }) => regionBuilds.flatMap(({ id }) => id ?? [])));
  const refused = asked.flatMap(({ template, regionBuilds }) =>
    regionBuilds.flatMap(({ id, region, architecture, outcome, because }) =>
      id === null ? [`${template} in ${region} for ${architecture} is ${outcome}: ${because}`] : [],
    ),
  );
  if (refused.length > 0) throw new Error(`Not everything is built. ${refused.join('. ')}`);
  return follow({
    look: lookAt(({ id }) => ids.has(id), { client, imageBuilder }),
    expected: ids.size,
    signal,
    onLook(before, after) {
      changeLines(before, after).forEach((line) => screen.note(line));
      showing(() => buildLines(after, screen.width));
    },
  });
}
