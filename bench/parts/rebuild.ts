import { SFNClient } from '@aws-sdk/client-sfn';
import { ROOT_KEY } from '../../local/aws/ministack.ts';
import { lifetime } from '../../local/demo/lifetime.ts';
import { HOME_REGION, REGIONS } from '../../local/demo/stacks.ts';
import type { Tell } from '../tell.ts';
import { deadLetters, functionNames } from '../rebuild/aftermath.ts';
import { countedSince, readCounts } from '../rebuild/counts.ts';
import { deployLocally } from '../rebuild/deployment.ts';
import { executionsSince } from '../rebuild/executions.ts';
import { rebuildReport } from '../rebuild/figures.ts';
import { SLUGS } from '../rebuild/inputs.ts';
import { watchFunctions } from '../rebuild/memory.ts';
import { untilBuilt, untilQuiet } from '../rebuild/story.ts';
import { secondsOf } from '../measure.ts';
import type { Report } from '../report.ts';

/**
 * Fifty templates are built, their base changes, and all are built again in both regions: the second time is measured,
 * from the vendor's publishing to the last AMI active and published.
 */
export async function measure(tell: Tell): Promise<Report> {
  const life = lifetime();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => life.end(new Error(signal)));
  try {
    return await Promise.race([rebuild(tell, life), life.ended]);
  } finally {
    await life.closeAll();
  }
}

async function rebuild(tell: Tell, life: ReturnType<typeof lifetime>): Promise<Report> {
  const deployment = await deployLocally(tell, life);
  const { endpoint, stacks, pid } = deployment;
  const watched = watchFunctions(pid);
  const { rebuildOn, releases } = await untilBuilt(deployment, life.signal, tell);

  const before = await readCounts(deployment);
  const since = Date.now();
  tell(`publishing ${releases[1]}`);
  const seconds = await secondsOf(() => rebuildOn(releases[1]));
  await untilQuiet(deployment, life.signal);
  const counts = countedSince(before, await readCounts(deployment));
  const sfn = new SFNClient({ endpoint, region: HOME_REGION, credentials: ROOT_KEY });
  return rebuildReport({
    seconds,
    counts,
    volume: {
      regionBuilds: SLUGS.length * REGIONS.length,
      builds: SLUGS.length,
      regions: REGIONS.length,
      once: 1,
    },
    executions: await executionsSince(since, { sfn, stateMachineArn: stacks.stateMachineArn }),
    names: await functionNames(endpoint, HOME_REGION),
    memory: watched(),
    deadLetters: await deadLetters(endpoint),
  });
}
