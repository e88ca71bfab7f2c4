import { expect, test } from 'vitest';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { problemInWords } from '../../../src/core/policy/problem.ts';
import { numbers } from '../numbers.ts';
import { spoil } from '../spoil.ts';

const POLICIES = 3_000;
const LONGEST_MS = 2_000;

const VALUES = [
  'Rocky-9-EC2-Base-9.*',
  '/golden/rocky-9/{architecture}',
  '792107900819',
  'self',
  'rocky-9',
  '2027-08-23',
];

const policyWith = (name: string, filter: string, owner: string, like: string, endOfLife: string) =>
  [
    'auto_ami_policy:',
    '  base_images:',
    `    ${name}:`,
    `      owner: ${owner}`,
    `      name_filter: ${filter}`,
    `      like: ${like}`,
    `      end_of_life: ${endOfLife}`,
  ].join('\n');

const quoted = (text: string) => JSON.stringify(text);
const VALID = policyWith('golden-9', quoted(VALUES[0]!), quoted(VALUES[2]!), 'rocky-9', '2027-08-23');

test('a valid one is accepted', () => expect(parsePolicy(VALID)).toMatchObject({ ok: true }));

test(
  `${POLICIES} policies with spoilt base images are accepted, or refused with every reason`,
  { timeout: 60_000 },
  () => {
    const next = numbers(86_028_121);
    const value = () => quoted(spoil(VALUES[next(VALUES.length)] ?? '', next));
    let [accepted, slowest] = [0, 0];
    for (let count = 0; count < POLICIES; count += 1) {
      // Spoilt as a text, and spoilt value by value in a document that is well-formed.
      const text =
        count % 2 === 0 ? spoil(VALID, next) : policyWith(value(), value(), value(), value(), value());
      const start = performance.now();
      const parsed = parsePolicy(text);
      slowest = Math.max(slowest, performance.now() - start);
      if (parsed.ok) accepted += 1;
      else if (parsed.problems.length === 0 || parsed.problems.some((each) => problemInWords(each) === ''))
        throw new Error(`refused without a reason: ${JSON.stringify(text)}`);
    }
    expect(accepted).toBeGreaterThan(0);
    expect(slowest).toBeLessThan(LONGEST_MS);
  },
);
