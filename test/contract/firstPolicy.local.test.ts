import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { awsFirstPolicy } from '../../src/aws/firstPolicy.ts';
import { anAccount } from '../local/aws/clients.ts';
import { firstPolicyContract } from './firstPolicy.ts';
import { localClients } from './localAws.ts';

const homeRegion = 'us-east-1';
const Name = '/auto-ami/first-policy';

async function aFirstPolicy(text?: string) {
  const ssm = localClients(SSMClient, anAccount().root)(homeRegion);
  if (text === undefined) return { ssm, firstPolicy: awsFirstPolicy({ settings: { homeRegion }, ssm }) };
  await ssm.send(new PutParameterCommand({ Name, Value: text, Type: 'String' }));
  return { ssm, firstPolicy: awsFirstPolicy({ settings: { homeRegion, firstPolicyParameter: Name }, ssm }) };
}

firstPolicyContract(async (text) => (await aFirstPolicy(text)).firstPolicy);

test('a parameter that somebody deleted is none', async () => {
  const { ssm, firstPolicy } = await aFirstPolicy('auto_ami_policy: {}');
  await ssm.send(new DeleteParameterCommand({ Name }));
  expect(await firstPolicy.read()).toBeUndefined();
});
