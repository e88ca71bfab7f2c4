import { expect, test } from 'vitest';
import { memoryExecutions } from '../../src/memory/memoryExecutions.ts';
import type { Executions } from '../../src/ports.ts';
import { executionsContract } from './executions.ts';

executionsContract(async () => {
  let now = Date.UTC(2026, 10, 24, 19);
  const memory = memoryExecutions({ now: () => now });
  const nameOf = new Map<string, string>();
  /** The machine of the contract ends when it is told to go on. */
  const ending = async (token: string, told: Promise<'sent' | 'stale'>) => {
    const outcome = await told;
    if (outcome === 'sent') memory.end(nameOf.get(token) ?? '');
    return outcome;
  };
  const executions: Executions = {
    ...memory,
    succeed: (token, output) => ending(token, memory.succeed(token, output)),
    fail: (token, error, cause) => ending(token, memory.fail(token, error, cause)),
  };
  return {
    executions,
    now: () => now,
    async token(name) {
      const token = memory.wait(name);
      nameOf.set(token, name);
      return token;
    },
    async redefine() {
      now += 60_000;
      memory.redefine(now);
    },
  };
});

test('in memory a new token of an execution makes its older one stale, and what was told is kept', async () => {
  const executions = memoryExecutions({ now: () => 0 });
  await executions.start('a-1', 'a');
  const [first, second] = [executions.wait('a-1'), executions.wait('a-1')];
  expect(await executions.succeed(first, {})).toBe('stale');
  expect(await executions.succeed(second, { go: 'on' })).toBe('sent');
  expect(executions.answers).toEqual([{ execution: 'a-1', token: second, output: { go: 'on' } }]);
});
