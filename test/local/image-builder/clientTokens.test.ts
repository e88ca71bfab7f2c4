import { GetImageCommand, ListImageBuildVersionsCommand } from '@aws-sdk/client-imagebuilder';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { aParent } from './fakeSides.ts';
import { aBuildRequest, aComponent, anInfrastructure, aRecipe, aStandIn, startBuild } from './standIn.ts';

test('the same token with the same parameters gets the first answer, also at the same moment', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const request = { ...(await aBuildRequest(imageBuilder)), clientToken: 'one' };
  const arns = await Promise.all(Array.from({ length: 5 }, () => startBuild(imageBuilder, request)));
  expect(new Set([...arns, await startBuild(imageBuilder, request)]).size).toBe(1);
  await sleep(20);
  const { imageSummaryList } = await imageBuilder.send(new ListImageBuildVersionsCommand({}));
  expect(imageSummaryList).toHaveLength(1);
});

test('the answer names the token it was given', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const request = { ...(await aBuildRequest(imageBuilder)), clientToken: 'named' };
  const arn = await startBuild(imageBuilder, request);
  expect((await imageBuilder.send(new GetImageCommand({ imageBuildVersionArn: arn }))).image?.arn).toBe(arn);
});

test('the same token with other parameters is refused', async () => {
  const { client } = await aStandIn();
  const imageBuilder = client();
  const request = { ...(await aBuildRequest(imageBuilder)), clientToken: 'one' };
  await startBuild(imageBuilder, request);
  await expect(startBuild(imageBuilder, { ...request, tags: { other: 'yes' } })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
    $metadata: { httpStatusCode: 400 },
  });
});

test('a token belongs to its operation and its region', async () => {
  const { client } = await aStandIn();
  const [here, there] = [client(), client({ region: 'us-west-2' })];
  const clientToken = 'shared';
  const component = await aComponent(here, { clientToken });
  expect(component).toContain(':us-east-1:');
  expect(await anInfrastructure(here, { clientToken })).toContain('infrastructure-configuration');
  expect(await aComponent(there, { clientToken })).toBe(component.replace('us-east-1', 'us-west-2'));
});

test('a refused request does not use up its token', async () => {
  const { client, aws } = await aStandIn();
  const imageBuilder = client();
  const clientToken = 'again';
  aws.parents.clear();
  await expect(aRecipe(imageBuilder, { clientToken })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  aws.parents.set(aParent().imageId, aParent());
  expect(await aRecipe(imageBuilder, { clientToken })).toContain('image-recipe/python-ml/1.0.0');
});
