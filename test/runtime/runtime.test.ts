import { expect, test } from 'vitest';
import { deploymentOf } from '../../src/runtime/deployment.ts';
import { MissingEnvironment } from '../../src/runtime/environment.ts';
import { servicesOf } from '../../src/runtime/lambdaHandler.ts';
import { lazily } from '../../src/runtime/lazily.ts';
import { perDeployment } from '../../src/runtime/parts.ts';
import type { Services } from '../../src/ports.ts';
import { executions } from '../../src/runtime/parts/executions.ts';
import { streamUseCase } from '../../src/runtime/streamHandler.ts';

test('importing a handler does nothing: it needs no environment, and makes no client', async () => {
  const { handler } = await import('../../lambdas/start-image.ts');
  expect(handler).toBeTypeOf('function');
});

test('a function that was not told what it needs says which variable is missing', () => {
  const services = servicesOf<Pick<Services, 'executions'>>(deploymentOf({}), executions);
  expect(() => services.executions).toThrow(MissingEnvironment);
  expect(() => services.executions).toThrow(/AUTO_AMI_SETTINGS is not set; deploy the stacks again/);
});

test('members are made when they are first asked for, and once', () => {
  let made = 0;
  const record = lazily({ thing: () => ({ number: ++made }), other: () => 'never asked for' });
  expect(made).toBe(0);
  expect(record.thing).toBe(record.thing);
  expect(made).toBe(1);
});

test('chance is in [0, 1)', () => {
  const { basics } = deploymentOf({});
  const drawn = Array.from({ length: 1000 }, basics.chance);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(new Set(drawn).size).toBeGreaterThan(990);
});

test('one client for each deployment', () => {
  const make = perDeployment(() => ({}));
  const deployment = deploymentOf({});
  expect(make(deployment)).toBe(make(deployment));
  expect(make(deploymentOf({}))).not.toBe(make(deployment));
});

test('of the stream, exactly the changes that were not published are asked for again', async () => {
  const template = (slug: string, number: string) => ({
    dynamodb: {
      SequenceNumber: number,
      NewImage: {
        pk: { S: 'TEMPLATES' },
        sk: { S: slug },
        slug: { S: slug },
        revision: { N: '1' },
        definition: { M: {} },
        changedAt: { N: '0' },
        changedBy: { S: 'ada' },
      },
    },
  });
  const pot = {
    dynamodb: { SequenceNumber: '2', NewImage: { pk: { S: 'POT' }, sk: { S: 'daily#2026-11-24' } } },
  };
  const publish = streamUseCase(async (changes, failing: readonly string[]) => ({
    failed: changes.flatMap((change, place) =>
      change.kind === 'template' && failing.includes(change.slug) ? [place] : [],
    ),
  }));
  const records = [template('a', '1'), pot, template('b', '3')];
  expect(await publish(records, ['b'])).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
  expect(await publish(records, [])).toEqual({ batchItemFailures: [] });
});
