import { Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as EventBusTarget } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import type { Configuration } from './configuration/configuration.ts';
import { DeadLetters } from './deadLetters.ts';
import { forwardedEvents } from './forwardedEvents.ts';
import { NoticeTopic } from './noticeTopic.ts';

export interface SpokeStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** A further region: forwards what happens there to the hub's default bus, in one hop (design §6). */
export class SpokeStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, ...props }: SpokeStackProps) {
    super(scope, id, { description: `auto-ami: forwards events to ${configuration.homeRegion}`, ...props });
    const tlsOnly = !configuration.local;
    // Of its own, since an alarm tells topics of its region only, and the hub's road may be what is broken.
    const admins = new NoticeTopic(this, 'Admins', {
      displayName: 'auto-ami admins',
      recipients: configuration.recipients.admins ?? [],
      tlsOnly,
    });
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarms: new Alarms(admins),
      tlsOnly,
      impact: `What happens in ${this.region} reaches the hub late: finished builds and golden images wait for the slow tick.`,
      runbook: 'a-region-does-not-forward',
    });
    const role = new Role(this, 'ForwardRole', {
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    const hub = EventBus.fromEventBusArn(
      this,
      'Hub',
      `arn:${this.partition}:events:${configuration.homeRegion}:${this.account}:event-bus/default`,
    );
    for (const { name, description, pattern } of forwardedEvents(this, configuration.baseImageParameters))
      new Rule(this, name, {
        description,
        eventPattern: pattern,
        targets: [new EventBusTarget(hub, { role, deadLetterQueue: deadLetters.queue })],
      });
  }
}
