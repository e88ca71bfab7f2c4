import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { aConfiguration, theStacks } from './support/deployment.ts';

/** Both look at every resource, one of them by an engine that takes seconds to load. */
const PATIENCE = 60_000;

/** The whole of a deployment: every optional part of the stacks is there. */
const everything = () =>
  theStacks(
    aConfiguration({
      announcementTopics: ['arn:aws:sns:us-east-1:137112412989:amazon-linux-2023-ami-updates'],
    }),
    'auto_ami_policy: {}',
  );

test(
  'the AwsSolutions pack finds nothing that is not justified where it stands',
  { timeout: PATIENCE },
  () => {
    const { app, hub, spokes } = everything();
    const findings = [hub, ...spokes].flatMap((stack) =>
      new AwsSolutionsChecks(app)
        .validateScope(stack)
        .violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources.map((resource) => `${ruleName} ${resource.constructPath ?? ''}`),
        ),
    );
    expect(findings).toEqual([]);
  },
);

test(
  "the CDK's own checks of the templates, which are errors here, find nothing",
  { timeout: PATIENCE },
  () => {
    process.env['CDK_VALIDATION'] = 'true';
    expect(() => everything().app.synth()).not.toThrow();
  },
);
