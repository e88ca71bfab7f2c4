import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { hubTemplate, spokeTemplate } from './support/deployment.ts';
import { inWords } from './support/statements.ts';

const INTRINSIC = /^(Ref|Fn::(GetAtt|Join))$/;

/** A template as one reads it: references in words, and the definition, which has a file of its own, left out. */
function readable(value: unknown, key = ''): unknown {
  if (key === 'DefinitionString') return 'state-machines/compile-template.asl.json';
  if (Array.isArray(value)) return value.map((member) => readable(member));
  if (typeof value !== 'object' || value === null) return value;
  const [only = '', ...others] = Object.keys(value);
  if (others.length === 0 && INTRINSIC.test(only)) return inWords(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member, name)]));
}

const snapshotOf = (template: Template) => stringify(readable(template.toJSON()), { lineWidth: 0 });

/** A change here is a change of what is deployed: read it, above all logical ids of what is retained. */
test('the hub', () => {
  expect(snapshotOf(hubTemplate(undefined, 'auto_ami_policy: {}'))).toMatchSnapshot();
});

test('a spoke', () => {
  expect(snapshotOf(spokeTemplate())).toMatchSnapshot();
});
