import { expect, test } from 'vitest';
import { memoryImageBuilder } from '../../src/memory/memoryImageBuilder.ts';
import { namedError } from '../../src/memory/nextFaults.ts';
import { aSpec, imageBuilderContract, REGION } from './imageBuilder.ts';

const WORLD = { baseImage: 'ami-0006118602dfc1c09', instanceProfileName: 'builder' };

imageBuilderContract(async () => {
  const imageBuilder = memoryImageBuilder();
  const common = Array.from({ length: 40 }, (_, i) => ({ name: `common-${i}`, version: '1.0-1' }));
  imageBuilder.install([
    ...common,
    { name: 'openssl', version: '3.2.2-1' },
    { name: 'git', version: '2.50-1' },
  ]);
  let reason = '';
  return {
    ...WORLD,
    imageBuilder,
    finish: async (imageArn) => void imageBuilder.finish(imageArn),
    failWith: async (text) => void (reason = text),
    collapse: async (imageArn) => imageBuilder.failImage(imageArn, reason),
    loseAnswer: imageBuilder.loseAnswer,
    anotherBase: async () => 'ami-0006118602dfc1c0a',
    made: async () => ({
      recipes: imageBuilder.recipes(REGION),
      components: imageBuilder.components(REGION),
    }),
  };
});

test('in memory a start can be refused, and configurations are seen until they are tidied', async () => {
  const imageBuilder = memoryImageBuilder();
  const spec = aSpec(WORLD);
  imageBuilder.failNext(namedError('ServiceQuotaExceededException'));
  await expect(imageBuilder.start(REGION, spec)).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
  });
  const { imageArn } = await imageBuilder.start(REGION, spec);
  expect(imageBuilder.configurations(REGION)).toEqual([spec.infrastructure.name]);
  expect(imageBuilder.calls.start).toBe(2);
  const names = { infrastructure: spec.infrastructure.name, distribution: spec.distribution.name };
  imageBuilder.finish(imageArn);
  await imageBuilder.tidy(REGION, names);
  expect(imageBuilder.configurations(REGION)).toEqual([]);
});
