import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { ENV, EVENT_SOURCE } from '../src/contract.ts';
import { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import { LoopFunction } from './loopFunction.ts';
import { permit } from './permit.ts';
import type { StateTable } from './stateTable.ts';

export interface ChangePublisherProps {
  readonly house: House;
  readonly table: StateTable;
  readonly bus: IEventBus;
}

/**
 * The one reader of the table's stream: turns records into events and does nothing else, so that no feed that is
 * down can hold up the shard (design §3).
 */
export class ChangePublisher extends Construct {
  constructor(scope: Construct, id: string, { house, table, bus }: ChangePublisherProps) {
    super(scope, id);
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarms: house.alarms,
      tlsOnly: house.tlsOnly,
      impact:
        'Changes are not announced: every step of a build waits for the slow tick, and notices are missing.',
      runbook: 'changes-are-not-published',
    });
    const publish = new LoopFunction(this, 'PublishChanges', {
      house,
      name: 'publish-changes',
      description: 'Turns changes of the table into events on the default bus',
      tracedByCallerOnly: true,
    });
    publish.addEnvironment(ENV.EVENT_BUS_NAME, bus.eventBusName);
    permit(publish, {
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: { 'ForAllValues:StringEquals': { 'events:source': [EVENT_SOURCE] } },
    });
    table.grantStream(publish);
    publish.addEventSourceMapping('Stream', {
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(1),
      onFailure: new SqsDlq(deadLetters.queue),
    });
  }
}
