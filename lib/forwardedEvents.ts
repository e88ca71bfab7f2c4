import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from '../src/contract.ts';
import { imageStateChanges } from './imageWatcher.ts';
import { parameterChanges } from './parameterChanges.ts';
import { recordedLaunches } from './recordedLaunches.ts';

/** One kind of event that a further region forwards; the name is its rule's id. */
export interface ForwardedEvent {
  readonly name: string;
  readonly description: string;
  readonly pattern: EventPattern;
}

/** What a further region tells the hub (design §6). */
export function forwardedEvents(scope: Construct, baseImageParameters: readonly string[]): ForwardedEvent[] {
  const { source, resources } = imageStateChanges(scope);
  return [
    {
      name: 'ImageBuilder',
      description: 'Image Builder: states of our images, and vulnerabilities found in them',
      pattern: {
        source,
        resources,
        detailType: ['EC2 Image Builder Image State Change', 'EC2 Image Builder CVE Detected'],
      },
    },
    ...(baseImageParameters.length === 0
      ? []
      : [
          {
            name: 'BaseImageParameters',
            description: 'Golden images of the account',
            pattern: parameterChanges(baseImageParameters),
          },
        ]),
    {
      name: 'AmiStates',
      description: 'AMIs of the account that became available, or went away',
      pattern: { source: ['aws.ec2'], detailType: ['EC2 AMI State Change'] },
    },
    {
      name: 'OurEvents',
      description: 'Our own, such as a template launched',
      pattern: { source: [EVENT_SOURCE] },
    },
    {
      name: 'Launches',
      description: 'Launches of instances tagged with a template, where a CloudTrail trail records them',
      pattern: recordedLaunches(),
    },
  ];
}
