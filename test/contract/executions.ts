import { expect, test } from 'vitest';
import type { Instant } from '../../src/core/words.ts';
import type { Executions } from '../../src/ports.ts';

/**
 * A state machine whose executions wait for one token. Told to go on they succeed, told to fail they fail.
 */
export interface ExecutionsWorld {
  readonly executions: Executions;
  /** The token that the execution waits with. */
  readonly token: (name: string) => Promise<string>;
  /** The definition is deployed anew. */
  readonly redefine: () => Promise<void>;
  readonly now: () => Instant;
}

const NAME = 'python-ml-us-east-1-x86_64-1-1';
const REGION_BUILD = 'python-ml-us-east-1-x86_64-1';

export function executionsContract(aWorld: () => Promise<ExecutionsWorld>): void {
  const started = async () => {
    const world = await aWorld();
    await world.executions.start(NAME, REGION_BUILD);
    return { ...world, state: async () => (await world.executions.state(NAME)).state };
  };

  test('a name that was never used is absent', async () => {
    const { executions } = await aWorld();
    expect(await executions.state(NAME)).toEqual({ state: 'absent' });
  });

  test('an execution that waits runs, since it was started', async () => {
    const { executions, now } = await started();
    const { state, startedAt = 0 } = await executions.state(NAME);
    expect(state).toBe('running');
    expect(Math.abs(startedAt - now())).toBeLessThan(10_000);
  });

  test('starting the same again changes nothing, not even when it has ended', async () => {
    const { executions, state } = await started();
    const { startedAt } = await executions.state(NAME);
    await executions.start(NAME, REGION_BUILD);
    expect(await executions.state(NAME)).toEqual({ state: 'running', startedAt });
    await executions.stop(NAME, 'enough');
    await executions.start(NAME, REGION_BUILD);
    expect(await state()).toBe('closed');
  });

  test('a name that is taken for something else is a fault', async () => {
    const { executions } = await started();
    await expect(executions.start(NAME, 'rstudio-us-east-1-x86_64-1')).rejects.toThrow(NAME);
  });

  test('a stopped execution is closed; stopping it again, or one that never was, changes nothing', async () => {
    const { executions, state } = await started();
    await executions.stop(NAME, 'its definition is old');
    expect(await state()).toBe('closed');
    await executions.stop(NAME, 'again');
    await executions.stop('never-started', 'nothing there');
    expect(await state()).toBe('closed');
  });

  test('its token makes it go on, once', async () => {
    const { executions, token, state } = await started();
    const own = await token(NAME);
    expect(await executions.succeed(own, { next: 'image' })).toBe('sent');
    await expect.poll(state).toBe('closed');
    expect(await executions.succeed(own, {})).toBe('stale');
    expect(await executions.fail(own, 'Cancelled', 'by ann')).toBe('stale');
  });

  test('its token makes it fail, once', async () => {
    const { executions, token, state } = await started();
    const own = await token(NAME);
    expect(await executions.fail(own, 'Cancelled', 'by ann')).toBe('sent');
    await expect.poll(state).toBe('closed');
    expect(await executions.fail(own, 'Cancelled', 'by ann')).toBe('stale');
  });

  test('stopping one that has ended changes nothing', async () => {
    const { executions, token, state } = await started();
    await executions.succeed(await token(NAME), {});
    await expect.poll(state).toBe('closed');
    await executions.stop(NAME, 'too late');
  });

  test('the token of a stopped execution is stale, and so is one that nobody ever had', async () => {
    const { executions, token } = await started();
    const own = await token(NAME);
    await executions.stop(NAME, 'enough');
    expect(await executions.succeed(own, {})).toBe('stale');
    expect(await executions.succeed('no-token', {})).toBe('stale');
    expect(await executions.fail('no-token', 'Cancelled', '')).toBe('stale');
  });

  test('the date of the definition stays until it is deployed anew', async () => {
    const { executions, redefine } = await started();
    const first = await executions.definedAt();
    expect(await executions.definedAt()).toBe(first);
    const { startedAt = 0 } = await executions.state(NAME);
    await redefine();
    const second = await executions.definedAt();
    expect(second).toBeGreaterThan(first);
    expect(second).toBeGreaterThan(startedAt);
    expect(await executions.definedAt()).toBe(second);
  });
}
