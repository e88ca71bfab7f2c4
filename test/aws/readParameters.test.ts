import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { readParameters } from '../../src/aws/base-images/readParameters.ts';
import { aJsonService, SOME_KEYS, type Answer } from './localServer.ts';

/** In seconds, as the protocol has it. */
const WRITTEN = Date.UTC(2026, 0, 2, 12) / 1_000;

/** Parameter Store that holds `ami-<name>` for every name, and answers some requests in its own way. */
async function aStore(refuse: (names: readonly string[]) => Answer | undefined) {
  const asked: (readonly string[])[] = [];
  const endpoint = await aJsonService(({ body }) => {
    const names = body['Names'] as string[];
    asked.push(names);
    return (
      refuse(names) ?? {
        body: {
          Parameters: names.map((Name) => ({
            Name,
            Value: `ami-${Name}`,
            Version: 1,
            LastModifiedDate: WRITTEN,
          })),
        },
      }
    );
  });
  const ssm = new SSMClient({ endpoint, region: 'us-east-1', credentials: SOME_KEYS, maxAttempts: 1 });
  return { ssm, asked };
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
const error = (name: string, status = 400): Answer => ({
  status,
  body: { __type: name, message: 'so it is' },
});

test('ten names a call, each name once', async () => {
  const { ssm, asked } = await aStore(() => undefined);
  const answers = await readParameters(ssm, [...names(25), 'p0', 'p1']);
  expect(asked.map((each) => each.length).sort()).toEqual([10, 10, 5]);
  expect(answers.size).toBe(25);
  expect(answers.get('p7')).toEqual({ name: 'p7', value: 'ami-p7', version: 1, modifiedAt: WRITTEN * 1_000 });
});

test('no names, no call', async () => {
  const { ssm, asked } = await aStore(() => undefined);
  expect(await readParameters(ssm, [])).toEqual(new Map());
  expect(asked).toEqual([]);
});

test.each(['AccessDeniedException', 'ValidationException'])(
  'a name that makes its call fail with %s is a problem alone',
  async (name) => {
    const { ssm, asked } = await aStore((each) => (each.includes('p3') ? error(name) : undefined));
    const answers = await readParameters(ssm, names(12));
    expect(answers.get('p3')).toEqual({
      problem: `The parameter p3 could not be read: ${name}: so it is`,
    });
    expect([...answers.values()].filter((answer) => 'value' in answer)).toHaveLength(11);
    expect(asked).toHaveLength(12);
  },
);

test.each([
  ['ThrottlingException', 400],
  ['InternalServerError', 500],
] as const)('when AWS is only busy (%s) it is not asked ten times more', async (name, status) => {
  const { ssm, asked } = await aStore((each) => (each.includes('p3') ? error(name, status) : undefined));
  const answers = await readParameters(ssm, names(12));
  expect([...answers.values()].filter((answer) => 'problem' in answer)).toHaveLength(10);
  expect(answers.get('p11')).toMatchObject({ value: 'ami-p11', version: 1 });
  expect(asked).toHaveLength(2);
});
