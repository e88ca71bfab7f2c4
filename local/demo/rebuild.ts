import { setTimeout as sleep } from 'node:timers/promises';
import { clean } from '../../cli/text/clean.ts';
import { counted } from '../../cli/text/time.ts';
import type { Stage } from './demo.ts';
import { updateAssessed, updateSeen } from './follow/detection.ts';
import { follow } from './follow/follow.ts';
import { lookAt } from './follow/look.ts';
import type { ReceivedNotice } from './mailbox.ts';
import { expectedAmis, verdicts } from './outcome.ts';
import type { Steps } from './steps.ts';
import { bookingsOf, timelineOf } from './timeline.ts';
import { publishRelease, type Upstream } from './upstream.ts';
import { assessmentLine, observationLine } from './view/updateLines.ts';
import { buildLines, changeLines, countLine } from './view/buildLines.ts';
import type { Summary } from './view/summaryLines.ts';

/** How long notices may take after the last AMI is published. */
const NOTICE_PATIENCE = 20_000;

/**
 * Publishes a vendor's newest release and follows what becomes of it: detected, assessed, queued, granted, built,
 * tested, recorded, published, told.
 */
export async function followUpdate(
  upstream: Upstream,
  regions: readonly string[],
  stage: Stage,
  steps: Steps,
): Promise<Omit<Summary, 'steps' | 'total'>> {
  const { client, clients, mailbox, screen, lifetime } = stage;
  const { base, title, releases } = upstream;
  const { signal } = lifetime;
  const newest = releases.at(-1);
  if (newest === undefined) throw new Error(`No release of ${title} is known.`);
  const { release, images } = newest;
  const awaited = { base, release, places: images.length };
  const asking = { client, signal };
  const expected = await expectedAmis(awaited, regions, client);
  await mailbox.collect();

  await publishRelease(upstream, release, clients);
  const publishedAt = Date.now();
  screen.say(`✓ ${title} ${release} is published upstream`);
  await steps.do({
    name: 'update detected',
    doing: 'Looking at all base images: cws scan, which the clock does every 15 minutes',
    work: async () => {
      await client.call('scan', {});
      return updateSeen(awaited, asking);
    },
    done: observationLine,
  });
  const update = await steps.do({
    name: 'update assessed',
    doing: 'Assessing what it fixes',
    work: () => updateAssessed(awaited, asking),
    done: assessmentLine,
  });

  const isRebuild = ({ requestedAt, template }: { requestedAt: string; template: string }): boolean =>
    Date.parse(requestedAt) >= publishedAt && expected.some((ami) => ami.template === template);
  const built = await steps.do({
    name: 'rebuild',
    doing: `Rebuilding ${[...new Set(expected.map(({ template }) => template))].join(' and ')}`,
    work: (showing) =>
      follow({
        look: lookAt(isRebuild, { client, imageBuilder: clients.imageBuilder }),
        expected: expected.length,
        signal,
        onLook(before, after) {
          changeLines(before, after).forEach((line) => screen.note(line));
          showing(() => buildLines(after, screen.width));
        },
      }),
    done: (builds) => `Rebuilt: ${countLine(builds, expected.length)}`,
  });

  const notices = await steps.do({
    name: 'notices',
    doing: 'Waiting for the notices',
    work: () => noticesFor(new Set(built.map(({ build }) => build)).size, stage),
    done: (received) => `${counted(received.length, 'notice')} sent to the admins`,
  });
  const stories = await Promise.all(
    [...new Set(built.map(({ build }) => build))].map(async (id) =>
      clean(await client.call('explain', { id })),
    ),
  );
  const ids = new Set(built.map(({ id }) => id));
  const regionBuilds = stories.flatMap((story) => story.regionBuilds).filter(({ id }) => ids.has(id));
  return {
    update: `${title} ${release}`,
    amis: await verdicts(expected, { client, ssm: clients.ssm }),
    timeline: timelineOf({
      ...{ publishedAt, update, regionBuilds, notices },
      images: clean(await client.call('images', { all: true })).images,
    }),
    bookings: bookingsOf(regionBuilds),
    notices: notices.map(({ subject }) => subject),
  };
}

/** The notices that came since the release, until there is one for each build, or for as long as is reasonable. */
async function noticesFor(
  builds: number,
  { mailbox, lifetime: { signal }, screen }: Stage,
): Promise<ReceivedNotice[]> {
  const received: ReceivedNotice[] = [];
  const deadline = Date.now() + NOTICE_PATIENCE;
  for (;;) {
    const more = await mailbox.collect();
    more.forEach(({ subject }) => screen.note(`notice: ${subject}`));
    received.push(...more);
    // One of the update itself, and one of each build that it led to.
    if (received.length > builds || Date.now() > deadline) return received;
    await sleep(300, undefined, { signal });
  }
}
