import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { readFileSync } from 'node:fs';
import { Alarms } from '../../../lib/alarms.ts';
import type { Configuration } from '../../../lib/configuration/configuration.ts';
import { readConfiguration } from '../../../lib/configuration/readConfiguration.ts';
import { DeadLetters } from '../../../lib/deadLetters.ts';
import type { House } from '../../../lib/house.ts';
import { logRetention } from '../../../lib/logRetention.ts';
import { LoopFunction } from '../../../lib/loopFunction.ts';
import { stacks, type Stacks } from '../../../lib/stacks.ts';

// The CDK's own validation of templates takes seconds for each app; nag.test.ts runs it once.
process.env['CDK_VALIDATION'] = 'false';

/** The flags the app is deployed with: a test without them would see other templates. */
const cdkJson = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};

export const anApp = () => new App({ context: cdkJson.context });

/** A configuration as people write it: two regions, everything else by default. */
export const A_CONFIGURATION = `
homeRegion: us-east-1
regions:
  us-east-1:
  us-west-2:
recipients:
  admins: [ops@example.org]
`;

export const aConfiguration = (changes: Partial<Configuration> = {}): Configuration => ({
  ...readConfiguration(A_CONFIGURATION, 'test.yaml'),
  ...changes,
});

/** Code that needs no file and whose place never changes: snapshots carry no hashes. */
class SomeCode extends Code {
  readonly isInline = false;
  bind(): CodeConfig {
    return { s3Location: { bucketName: 'code-bucket', objectKey: 'functions.zip' } };
  }
}

export function theStacks(configuration = aConfiguration(), policyText?: string): Stacks & { app: App } {
  const app = anApp();
  const loaded = policyText === undefined ? { configuration } : { configuration, policyText };
  return { app, ...stacks(app, loaded, new SomeCode()) };
}

export const hubTemplate = (configuration?: Configuration, policyText?: string): Template =>
  Template.fromStack(theStacks(configuration, policyText).hub);

export function spokeTemplate(configuration?: Configuration): Template {
  const [spoke] = theStacks(configuration).spokes;
  if (spoke === undefined) throw new Error('The configuration has no further region');
  return Template.fromStack(spoke);
}

/** A stack of its own for one construct, with the house it is built with. */
export function inAStack(
  build: (stack: Stack, house: House) => void,
  changes: Partial<House> = {},
): Template {
  const stack = new Stack(anApp(), 'Test', { env: { region: 'us-east-1' } });
  build(stack, aHouse(stack, changes));
  return Template.fromStack(stack);
}

export function aHouse(stack: Stack, changes: Partial<House> = {}): House {
  return {
    code: new SomeCode(),
    alarms: new Alarms(new Topic(stack, 'AlarmTopic')),
    settings: '{"settings":true}',
    logRetention: logRetention(30),
    tlsOnly: true,
    ...changes,
  };
}

export const someDeadLetters = (stack: Stack, { alarms, tlsOnly }: House) =>
  new DeadLetters(stack, 'Dead', { alarms, tlsOnly, impact: 'Something is late.', runbook: 'something' });

export const aFunction = (stack: Stack, house: House, id = 'Fn') =>
  new LoopFunction(stack, id, {
    house,
    name: 'notify',
    description: 'A function',
    deadLetters: someDeadLetters(stack, house),
  });
