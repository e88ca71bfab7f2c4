import { describe, expect, test } from 'vitest';
import { SCAN_ALL } from '../../src/contract.ts';
import { parseBuildHint } from '../../src/incoming/buildHint.ts';
import { parseBuildStep, parseFailedStep } from '../../src/incoming/buildStep.ts';
import { parseImageChange } from '../../src/incoming/imageChange.ts';
import { parseOurEvent, parseRegionBuildEvent, parseUpdateEvent } from '../../src/incoming/ourEvent.ts';
import { UnknownEvent } from '../../src/incoming/parse.ts';
import { parseScanRequest } from '../../src/incoming/scanRequest.ts';

/** What EventBridge puts around every event. */
const envelope = {
  version: '0',
  id: '9547ef2d-3b7e-4057-b6cb-5fdf09ee7c8f',
  account: '111122223333',
  time: '2026-11-24T16:44:48Z',
  region: 'us-west-2',
};

const ours = (detailType: string, detail: object) => ({
  ...envelope,
  source: 'auto-ami',
  'detail-type': detailType,
  resources: [],
  detail: { version: '1', ...detail },
});

describe('hints that builds may be necessary', () => {
  const recorded = (...tags: readonly (readonly [key: string, value: string])[]) => ({
    ...envelope,
    source: 'aws.ec2',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      requestParameters: {
        instanceType: 'm7i.large',
        tagSpecificationSet: {
          items: [
            { resourceType: 'instance', tags: tags.map(([key, value]) => ({ key, value })) },
            { resourceType: 'volume', tags: [{ key: 'owner', value: 'ada' }] },
          ],
        },
      },
    },
  });
  const launch = { id: envelope.id, template: 'python-ml', at: Date.parse(envelope.time) };

  test('a launch that somebody tells us of, which need not know the version of our events', () => {
    const { version, ...detail } = { version: '1', template: 'python-ml', region: 'us-west-2' };
    const event = { ...ours('Template Launched', {}), detail };
    expect(parseBuildHint(event)).toEqual({ launch });
    expect(parseBuildHint({ ...event, detail: { ...detail, version } })).toEqual({ launch });
    expect(() => parseBuildHint({ ...event, detail: { region: 'us-west-2' } })).toThrow(UnknownEvent);
  });

  test('a launch that CloudTrail recorded', () => {
    expect(parseBuildHint(recorded(['owner', 'ada'], ['auto-ami:template', 'python-ml']))).toEqual({
      launch,
    });
  });

  test('an instance that only builds an image is no launch, nor is one of no template', () => {
    const building = recorded(['auto-ami:template', 'python-ml'], ['auto-ami:build', 'python-ml-62f1f502']);
    expect(parseBuildHint(building)).toEqual({ launch: null });
    expect(parseBuildHint(recorded(['owner', 'ada']))).toEqual({ launch: null });
  });

  test('our own events, and nothing else', () => {
    expect(parseBuildHint(ours('Policy Changed', {}))).toMatchObject({ detailType: 'Policy Changed' });
    expect(() => parseBuildHint(ours('Something Else', {}))).toThrow(UnknownEvent);
  });
});

describe('reasons to look at base images', () => {
  test('the clock, a hand and an announcement of a vendor ask for all of them', () => {
    expect(parseScanRequest({ tick: 15 })).toEqual({});
    expect(parseScanRequest(SCAN_ALL)).toEqual({});
    expect(
      parseScanRequest({
        Records: [
          { EventSource: 'aws:sns', EventVersion: '1.0', Sns: { Message: 'a new release of something' } },
        ],
      }),
    ).toEqual({});
  });

  test('a changed parameter of the account asks for those read from it', () => {
    expect(
      parseScanRequest({
        ...envelope,
        source: 'aws.ssm',
        'detail-type': 'Parameter Store Change',
        resources: ['arn:aws:ssm:us-west-2:111122223333:parameter/golden/ubuntu'],
        detail: { operation: 'Update', name: '/golden/ubuntu', type: 'String' },
      }),
    ).toEqual({ only: ['/golden/ubuntu'] });
  });
});

describe('our own events', () => {
  test('are told by source, type and version', () => {
    expect(parseOurEvent(ours('Build Queued', { regionBuild: 'python-ml-us-east-1-x86_64-1' }))).toEqual({
      id: envelope.id,
      detailType: 'Build Queued',
      detail: { version: '1', regionBuild: 'python-ml-us-east-1-x86_64-1' },
    });
  });

  test.each([
    ['another source', { ...ours('Build Queued', {}), source: 'somebody-else' }],
    ['a type we do not send', ours('Build Thrown Away', {})],
    ['a version we do not know', ours('Build Queued', { version: '2' })],
  ])('%s is none', (_, event) => {
    expect(() => parseOurEvent(event)).toThrow(UnknownEvent);
  });

  test('each consumer takes what it needs of the detail', () => {
    expect(parseRegionBuildEvent(ours('Build Queued', { regionBuild: 'a-1', build: 'b' }))).toEqual({
      regionBuild: 'a-1',
    });
    expect(
      parseUpdateEvent(ours('Base Image Updated', { base: 'ubuntu-22.04', release: '20261101' })),
    ).toEqual({
      base: 'ubuntu-22.04',
      release: '20261101',
    });
  });
});

describe('changes of an image', () => {
  test('Image Builder names the image among the resources', () => {
    const imageArn = 'arn:aws:imagebuilder:us-west-2:111122223333:image/auto-ami-python-ml-x86-64/1.0.0/1';
    expect(
      parseImageChange({
        ...envelope,
        source: 'aws.imagebuilder',
        'detail-type': 'EC2 Image Builder Image State Change',
        resources: [imageArn],
        detail: { 'previous-state': { status: 'TESTING' }, state: { status: 'AVAILABLE' } },
      }),
    ).toEqual({ kind: 'changed', imageArn, status: 'AVAILABLE' });
  });

  test('the end of its build is told to whoever still waits for it', () => {
    expect(parseImageChange(ours('Build Finished', { regionBuild: 'a-1', status: 'cancelled' }))).toEqual({
      kind: 'closed',
      regionBuild: 'a-1',
    });
  });

  test('a wait for it that has begun is a reason to look, too', () => {
    expect(parseImageChange(ours('Image Awaited', { regionBuild: 'a-1' }))).toEqual({
      kind: 'awaited',
      regionBuild: 'a-1',
    });
  });
});

describe('steps of the state machine', () => {
  const step = { id: 'a-1', execution: 'arn:aws:states:us-east-1:111122223333:execution:m:a-1-1' };

  test('carry the region build and the execution', () => {
    expect(parseBuildStep(step)).toEqual(step);
  });

  test('and the error of the state that failed, which may have no cause', () => {
    expect(parseFailedStep({ ...step, error: { Error: 'States.Timeout' } })).toEqual({
      ...step,
      error: { Error: 'States.Timeout', Cause: '' },
    });
  });
});

test('what is not as documented is refused with everything that is wrong', () => {
  expect(() => parseBuildStep({ id: '' })).toThrow(
    /^This is not the input of a step: id: .+; execution: .+$/,
  );
});
