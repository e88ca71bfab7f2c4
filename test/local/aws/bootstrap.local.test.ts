import { join } from 'node:path';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect, inject, test } from 'vitest';
import { bootstrap } from '../../../local/aws/bootstrap.ts';
import { ROOT_KEY } from '../../../local/aws/ministack.ts';
import { clients } from './clients.ts';
import { temporaryDirectory } from './temporary.ts';

test('all regions are bootstrapped in one call, and again without a change', async () => {
  const regions = ['eu-north-1', 'eu-west-3'];
  const { endpoint } = inject('localAws');
  const options = {
    endpoint,
    logFile: join(temporaryDirectory(), 'bootstrap.log'),
    cwd: temporaryDirectory(),
  };
  await bootstrap(regions, options);
  for (const region of regions) {
    const Name = '/cdk-bootstrap/hnb659fds/version';
    const { Parameter } = await clients(ROOT_KEY, region).ssm.send(new GetParameterCommand({ Name }));
    expect(Number(Parameter?.Value)).toBeGreaterThan(20);
  }
  await bootstrap(regions, options);
});

test('a failure says where all of the output is, and how it ends', async () => {
  const logFile = join(temporaryDirectory(), 'bootstrap.log');
  const nobody = { endpoint: 'http://127.0.0.1:9', logFile, cwd: temporaryDirectory() };
  await expect(bootstrap(['eu-north-1'], nobody)).rejects.toThrow(
    `\`cdk bootstrap\` failed on the local AWS with exit code 1. All of its output: ${logFile}. It ends with:\n`,
  );
});
