import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { START } from '../world.ts';
import { ACT, controlWorld, PYTHON_ML, REQUEST } from './controlWorld.ts';

/** What starts at once promises p90 × 1.5, and nothing was learned: half an hour is assumed. */
const IMMEDIATE = `${ACT}  security_updates: { critical_window: immediate }
  max_build_duration: 3 hours
`;

async function urgentBuild(maxMinutes: number) {
  const world = await controlWorld({
    policy: IMMEDIATE,
    templates: [`${PYTHON_ML}auto_ami: { max_minutes: ${maxMinutes} }\n`],
  });
  await world.call('buildTemplate', { slug: 'python-ml', requestId: REQUEST, urgent: true });
  const { builds } = await world.services.regionBuilds.open();
  return { ...world, build: builds[0]! };
}

describe("a template's own max_minutes", () => {
  test('bounds what its requests promise, as it bounds what they hold money for', async () => {
    const { build, loop, services } = await urgentBuild(20);
    expect(build.deadline).toBe(START + 30 * MINUTE);
    await loop.pump();
    const granted = await services.regionBuilds.get(build.id);
    expect(granted?.grant?.maximumDuration).toBe(20 * MINUTE);
  });

  test('lengthens nothing: what runs longer than the policy lets any is cancelled', async () => {
    const { build, loop, services } = await urgentBuild(720);
    expect(build.deadline).toBe(START + 45 * MINUTE);
    await loop.pump();
    const granted = await services.regionBuilds.get(build.id);
    expect(granted?.grant?.maximumDuration).toBe(3 * HOUR);
  });
});
