import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { awsExecutions } from '../../src/aws/executions.ts';
import { anAccount } from '../local/aws/clients.ts';
import { executionsContract } from './executions.ts';
import { aWaitingMachine } from './waitingMachine.ts';

const homeRegion = 'us-east-1';

async function aWorld() {
  const machine = await aWaitingMachine(anAccount().root);
  return { ...machine, executions: awsExecutions({ homeRegion, ...machine }), now: () => Date.now() };
}

executionsContract(aWorld);

test('the input is the id alone', async () => {
  const { sfn, stateMachineArn, executions } = await aWorld();
  await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: 'python-ml-1', input: '{"id":"python-ml"}' }),
  );
  await executions.start('python-ml-1', 'python-ml');
  await expect(executions.start('python-ml-1', 'other')).rejects.toMatchObject({
    name: 'ExecutionAlreadyExists',
  });
});

test('long reasons are cut to what Step Functions takes', async () => {
  const { executions, token } = await aWorld();
  await executions.start('a-1', 'a');
  expect(await executions.fail(await token('a-1'), 'E'.repeat(1_000), 'c'.repeat(100_000))).toBe('sent');
  await executions.start('b-1', 'b');
  await executions.stop('b-1', 'c'.repeat(100_000));
});
