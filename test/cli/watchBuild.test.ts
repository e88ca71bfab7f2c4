import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../cli/text/width.ts';
import { ClientError } from '../../src/api/client/clientError.ts';
import type { ExplainAnswer, RegionBuildAnswer } from '../../src/api/answers.ts';
import { FAILED, QUEUED, RUNNING, SAMPLES, SUCCEEDED } from '../api/sampleAnswers.ts';
import { runCws } from './fakeWorld.ts';

const BUILD = ['templates', 'auto-ami', 'build', 'python-ml', '--wait'];

const at = (...builds: RegionBuildAnswer[]): ExplainAnswer => ({
  ...SAMPLES.explain,
  regionBuilds: builds.map((build) => ({ ...build, attemptHistory: [], story: [] })),
});

const EAST = { ...QUEUED, waiting: null };
const WEST = { ...RUNNING, imageStatus: 'BUILDING' };
const STEPS = [
  at(EAST, { ...QUEUED, id: WEST.id, region: WEST.region }),
  at(EAST, WEST),
  at(EAST, WEST),
  at({ ...RUNNING, id: EAST.id, region: EAST.region }, WEST),
  at(SUCCEEDED, { ...SUCCEEDED, id: WEST.id, region: WEST.region }),
];

/** Answers one after the other; an error is thrown, the last is repeated. */
function steps(...answers: (ExplainAnswer | Error)[]): () => ExplainAnswer {
  let index = 0;
  return () => {
    const answer = answers[Math.min(index++, answers.length - 1)]!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

describe('build --wait', () => {
  test('tells each change in a line, and the story at the end', async () => {
    const ran = await runCws(BUILD, { explain: steps(...STEPS) });
    expect(ran.code).toBe(0);
    expect(ran.err).toMatchInlineSnapshot(`
      "⏳ us-east-1 x86_64: queued for tonight 02:30 UTC
      ⏳ us-west-2 x86_64: queued for tonight 02:30 UTC: urgent window opens 02:30 UTC; must start by 19:10 UTC to meet the high deadline
      ▶ us-west-2 x86_64: building (BUILDING) for 12 minutes, done tonight 22:13 UTC
      ▶ us-east-1 x86_64: building (TESTING) for 12 minutes, done tonight 22:13 UTC
      ✓ us-east-1 x86_64: ami-0abc123def0000001 94 minutes ago, cost $0.0854
      ✓ us-west-2 x86_64: ami-0abc123def0000001 94 minutes ago, cost $0.0854
      "
    `);
    expect(ran.out).toContain('Emergency compilation initiated for python-ml');
    expect(ran.out).toContain('✓ us-west-2 x86_64: ami-0abc123def0000001');
  });

  test('on a terminal in one line that changes, no wider than the terminal', async () => {
    const ran = await runCws(BUILD, { explain: steps(...STEPS) }, { terminal: true, width: 60 });
    const frames = ran.err.split('\r\u001B[K').slice(1);
    expect(frames).toHaveLength(STEPS.length);
    for (const frame of frames) expect(displayWidth(frame)).toBeLessThan(60);
    expect(frames.at(-1)).toBe('');
  });

  test('as one JSON document', async () => {
    const ran = await runCws([...BUILD, '--output', 'json'], { explain: steps(...STEPS) });
    expect(JSON.parse(ran.out)).toEqual({ requested: SAMPLES.buildTemplate, finished: STEPS.at(-1) });
    expect(ran.err).toBe('');
  });

  test('fails if any part of it fails', async () => {
    const ran = await runCws(BUILD, { explain: steps(at(SUCCEEDED, FAILED)) });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('pip check found a conflict');
  });

  test('bears that the API cannot be asked for a while, but not for ever', async () => {
    const away = new ClientError('timeout', 'no answer');
    const passing = await runCws(BUILD, { explain: steps(away, away, ...STEPS) });
    expect(passing.code).toBe(0);
    const gone = await runCws(BUILD, { explain: steps(away) });
    expect(gone).toMatchObject({ code: 1, err: 'cws: no answer\n' });
    const forbidden = await runCws(BUILD, {
      explain: steps(new ClientError('access-denied', 'You may not.')),
    });
    expect(forbidden.calls).toHaveLength(2);
  });

  test('ends on Ctrl-C, and says that the build goes on', async () => {
    const controller = new AbortController();
    const ran = await runCws(
      BUILD,
      { explain: steps(STEPS[0]!) },
      {
        interruptible: () => ({ signal: controller.signal, dispose: () => undefined }),
        sleep: async () => controller.abort(),
      },
    );
    expect(ran.code).toBe(130);
    expect(ran.err).toContain('The build goes on: cws templates auto-ami explain python-ml-urgent-abc123');
  });

  test('waits for nothing if there is nothing to build', async () => {
    const ran = await runCws(BUILD, { buildTemplate: () => ({ ...SAMPLES.buildTemplate, build: null }) });
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.calls).toHaveLength(1);
  });
});
