import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';

test('the policy of the local run is right, without a warning, and acts at any hour', () => {
  const parsed = parsePolicy(readFileSync('local/demo/policy.yaml', 'utf8'), { source: 'policy.yaml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  expect(parsed.warnings).toEqual([]);
  expect(parsed.policy.mode).toBe('act');
});
