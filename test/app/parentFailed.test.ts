import { beforeAll, describe, expect, it } from 'vitest';
import { loopOf } from './loop.ts';
import {
  ACT,
  ANOTHER_REQUEST,
  type ControlWorld,
  controlWorld,
  PYTHON_ML,
  REQUEST,
} from './control/controlWorld.ts';

const CHILD = 'name: Child\nslug: child\nbase: python-ml\npackages:\n  system: [git]\n';
const BROKEN = 'a package is gone';

const FAILED = `the build of python-ml failed: ImageFailed: ${BROKEN}`;

/** Builds of python-ml fail from the moment at which the switch says so; its base moves then. */
async function parentFails({ before }: { readonly before: boolean }) {
  const there = await controlWorld({ policy: `${ACT}  max_failures: 100\n`, templates: [PYTHON_ML, CHILD] });
  const { call, world } = there;
  const broken = { yet: before };
  const loop = loopOf(world, {
    failing: ({ spec }) =>
      broken.yet && spec.image.tags['auto-ami:template'] === 'python-ml' ? BROKEN : undefined,
  });
  await call('enableTemplate', { slug: 'child', reason: 'a course' });
  await call('buildTemplate', { slug: 'python-ml', requestId: REQUEST });
  await loop.minutes(60);
  if (before) return there;
  broken.yet = true;
  for (const region of ['us-east-1', 'us-west-2']) world.publishUpstream(region, 2);
  await loop.scan();
  await loop.minutes(30);
  return { ...there, loop };
}

describe('a template whose base template fails to build', () => {
  let there: ControlWorld;
  beforeAll(async () => {
    there = await parentFails({ before: false });
  });

  it('keeps its old base, and the plan says why', async () => {
    const [active] = (await there.services.targets.of('child')).map((target) => target.active);
    const { notAsked } = await there.call('plan', { limit: 10 });
    expect(notAsked.filter(({ rule }) => rule === 'parent-failed').map(({ subject }) => subject)).toEqual([
      'child/us-east-1/x86_64',
      'child/us-west-2/x86_64',
    ]);
    expect(notAsked).toContainEqual({
      subject: 'child/us-east-1/x86_64',
      rule: 'parent-failed',
      because: `it keeps its base ${active?.baseImageId ?? ''}, an older image of python-ml, since ${FAILED}`,
    });
  });

  it('says so when it is built on the old one for a reason of its own', async () => {
    const text = CHILD.replace('git', 'git-lfs');
    await there.call('applyTemplates', { templates: [{ file: 'c.yaml', text }] });
    const { regionBuilds } = await there.call('buildTemplate', {
      slug: 'child',
      requestId: ANOTHER_REQUEST,
      regions: ['us-east-1'],
    });
    await there.loop.minutes(2);
    const [queued] = regionBuilds;
    const story = await there.services.regionBuilds.explanation(queued?.id ?? '');
    expect(story.map(({ because }) => because)).toContainEqual(
      expect.stringMatching(
        new RegExp(`^granted: .*; it keeps its base ami-\\S+, since ${FAILED}; \\$`, 'u'),
      ),
    );
  });
});

it('a template whose base template never had an image is told why it has none', async () => {
  const { call } = await parentFails({ before: true });
  const { notAsked } = await call('plan', { limit: 10 });
  expect(notAsked).toContainEqual({
    subject: 'child/us-east-1/x86_64',
    rule: 'no-base-image',
    because: `no image of python-ml is known in us-east-1 (x86_64): ${FAILED}`,
  });
});
