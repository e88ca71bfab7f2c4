import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { fromJSONSchema } from 'zod';
import { policyJsonSchema } from '../../../src/core/policy/jsonSchema.ts';

test('docs/policies/auto-ami-policy.schema.json is up to date', async () => {
  const text = `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../docs/policies/auto-ami-policy.schema.json');
});

describe('an editor with the schema', () => {
  const schema = fromJSONSchema(policyJsonSchema());

  test.each(['education', 'research', 'default', 'everything'])('accepts %s', (name) => {
    const folder = name === 'everything' ? 'test/core/policy' : 'docs/policies';
    const result = schema.safeParse(parse(readFileSync(`${folder}/${name}.yaml`, 'utf8')));
    expect(result.error?.issues ?? []).toEqual([]);
  });

  test.each([
    ['an unknown key', { auto_ami_policy: { buget: 1 } }],
    ['another top key', { policy: {} }],
    ['text for dollars', { auto_ami_policy: { daily_budget: '25' } }],
    ['a word that is none', { auto_ami_policy: { mode: 'on' } }],
    ['a duration without unit', { auto_ami_policy: { soak: '4' } }],
    ['a window that is none', { auto_ami_policy: { build_window: 'at night' } }],
    ['a grant without limit', { auto_ami_policy: { grants: [{ id: 'a' }] } }],
    ['too many slots', { auto_ami_policy: { slots_per_region: 1000 } }],
  ])('marks %s', (_, policy) => {
    expect(schema.safeParse(policy).success).toBe(false);
  });
});
