import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diffPolicies } from '../../../src/core/policy/diffPolicies.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/policy/policy.ts';
import { accepted, acceptedKeys } from './accepted.ts';

const everything = accepted(readFileSync('test/core/policy/everything.yaml', 'utf8')).policy;

test('a policy does not differ from itself', () => {
  expect(diffPolicies(everything, everything)).toEqual([]);
});

test('changes are told by key, in words', () => {
  const after = acceptedKeys(
    'mode: act\nsecurity_updates: { critical_window: immediate }\ndaily_budget: 100.00\nbuild_window: "01:00-05:00"\ntemplates: { python-ml: { max_cost: 5 } }',
  ).policy;
  expect(diffPolicies(DEFAULT_POLICY, after)).toEqual([
    { key: 'mode', before: 'observe', after: 'act' },
    {
      key: 'security_updates.critical_window',
      before: '4 hours',
      after: 'immediate: start at detection, due after p90 × 1.5',
    },
    { key: 'build_window', before: '02:00-06:00 UTC', after: '01:00-05:00 UTC' },
    { key: 'daily_budget', before: '$25.00', after: '$100.00' },
    { key: 'semester_prep_daily_budget', before: '$25.00', after: '$100.00' },
    { key: 'monthly_budget', before: '$500.00', after: '$2,000.00' },
    { key: 'emergency_budget', before: '$62.50', after: '$250.00' },
    { key: 'templates.python-ml', before: null, after: 'named' },
    { key: 'templates.python-ml.max_cost', before: null, after: '$5.00' },
  ]);
  expect(diffPolicies(after, DEFAULT_POLICY)).toHaveLength(9);
});

test('no change of meaning goes unsaid: every value of a policy shows', () => {
  for (const [path, changed] of everyChange(everything)) {
    expect([path, diffPolicies(everything, changed as Policy).length > 0]).toEqual([path, true]);
  }
});

/** The same data once for each value in it, with that value changed. */
function* everyChange(data: unknown, path = ''): Generator<[string, unknown]> {
  if (typeof data !== 'object' || data === null) {
    yield [path, another(data)];
    return;
  }
  for (const [key, value] of Object.entries(data)) {
    for (const [inner, changed] of everyChange(value, `${path}.${key}`)) {
      yield [inner, Array.isArray(data) ? data.with(Number(key), changed) : { ...data, [key]: changed }];
    }
  }
}

/** Also of what can have one value only: if it could have another, that must show. */
function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1000;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}x` : ['another'];
}
