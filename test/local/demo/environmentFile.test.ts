import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentLines, writeEnvironmentFile } from '../../../local/demo/environmentFile.ts';
import { temporaryDirectory } from '../aws/temporary.ts';

const LINES = environmentLines(
  { endpoint: 'http://127.0.0.1:4566', imageBuilderEndpoint: 'http://127.0.0.1:4567' },
  {
    homeRegion: 'us-east-1',
    hub: 'AutoAmiHub',
    spokes: ['AutoAmiSpoke-us-west-2'],
    apiUrl: 'http://127.0.0.1:4566/_aws/execute-api/755b2701/$default',
    tableName: 'AutoAmiHub-State',
    stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Compile',
  },
);

test('the file says where everything is', () => {
  expect(LINES).toMatchInlineSnapshot(`
    [
      "# The local AWS of \`npm start\`, for another terminal: source .local/aws.env",
      "# It goes when that run stops.",
      "unset AWS_PROFILE AWS_SESSION_TOKEN",
      "export AWS_ENDPOINT_URL='http://127.0.0.1:4566'",
      "export AWS_ENDPOINT_URL_IMAGEBUILDER='http://127.0.0.1:4567'",
      "export AWS_REGION='us-east-1'",
      "export AWS_DEFAULT_REGION='us-east-1'",
      "export AWS_ACCESS_KEY_ID='test'",
      "export AWS_SECRET_ACCESS_KEY='test'",
      "export AUTO_AMI_API_URL='http://127.0.0.1:4566/_aws/execute-api/755b2701/$default'",
      "export AUTO_AMI_TABLE_NAME='AutoAmiHub-State'",
      "export AUTO_AMI_STATE_MACHINE_ARN='arn:aws:states:us-east-1:000000000000:stateMachine:Compile'",
      "export AUTO_AMI_HUB_STACK='AutoAmiHub'",
      "export AUTO_AMI_SPOKE_STACKS='AutoAmiSpoke-us-west-2'",
      "export NO_PROXY="127.0.0.1\${NO_PROXY:+,$NO_PROXY}"",
    ]
  `);
});

test('a shell that reads it hands all of it to the programs it starts, and forgets a profile', () => {
  const checkout = temporaryDirectory();
  mkdirSync(join(checkout, '.local'));
  writeEnvironmentFile(checkout, LINES);
  const env = { PATH: process.env['PATH'], AWS_PROFILE: 'work', NO_PROXY: 'localhost' };
  const printed = execFileSync('sh', ['-c', '. ./.local/aws.env && env'], { cwd: checkout, env }).toString();
  expect(printed).toContain('AUTO_AMI_API_URL=http://127.0.0.1:4566/_aws/execute-api/755b2701/$default\n');
  expect(printed).toContain('NO_PROXY=127.0.0.1,localhost\n');
  expect(printed).not.toContain('AWS_PROFILE');
});
