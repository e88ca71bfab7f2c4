import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { aConfiguration, theStacks } from './support/deployment.ts';

/** The CDK writes DependsOn beside a GetAtt that says the same; CloudFormation does not mind. */
const DEPENDENCY_SAID_TWICE = 'W3005';
/** It reads a state machine without its substitutions; asl-validator reads it with them (compileTemplate tests). */
const DEFINITION_UNSUBSTITUTED = 'E3601';

test('cfn-lint finds nothing in the templates: they are what the real resource schemas take', () => {
  const { app, hub, spokes } = theStacks(
    aConfiguration({
      announcementTopics: ['arn:aws:sns:us-east-1:137112412989:amazon-linux-2023-ami-updates'],
    }),
    'auto_ami_policy: {}',
  );
  const { directory } = app.synth();
  const templates = [hub, ...spokes].map(({ templateFile }) => join(directory, templateFile));
  const cfnLint = join(dirname(inject('localAws').python), 'cfn-lint');
  const { stdout, stderr, status } = spawnSync(
    cfnLint,
    ['--ignore-checks', DEPENDENCY_SAID_TWICE, DEFINITION_UNSUBSTITUTED, '--', ...templates],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout + stderr).toBe('');
  expect(status).toBe(0);
});
