import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { templatePolicy } from '../../../src/core/policy/templatePolicy.ts';
import { acceptedKeys } from './accepted.ts';

const { policy } = acceptedKeys(
  'mode: act\ntemplates: { python-ml: { mode: stopped, popularity_threshold: 3 } }',
);

test('a template has its own values over those of all', () => {
  expect(templatePolicy(policy, 'python-ml')).toEqual({
    mode: 'stopped',
    popularityThreshold: 3,
    strategy: DEFAULT_POLICY.strategy,
    maxCost: null,
    minimumAge: 0,
    securityWindow: DEFAULT_POLICY.securityWindow,
    promotion: 'automatic',
    soak: 0,
    regions: null,
  });
});

test.each(['r-research', 'constructor', '__proto__'])(
  '%s, of which nothing is said, has those of all',
  (template) => {
    expect(templatePolicy(policy, template)).toMatchObject({ mode: 'act', popularityThreshold: 5 });
  },
);
