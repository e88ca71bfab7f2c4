import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENTS, HINTS } from '../src/contract.ts';
import type { CompileTemplate } from './compileTemplate.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import { LoopFunction } from './loopFunction.ts';
import { permitPrices } from './permitPrices.ts';
import { permit } from './permit.ts';
import type { StateTable } from './stateTable.ts';

const TIMEOUT = Duration.minutes(1);

export interface DispatcherProps {
  readonly house: House;
  readonly table: StateTable;
  readonly compileTemplate: CompileTemplate;
  readonly deadLetters: DeadLetters;
}

/** Who goes next: every minute, and soon after anything that may let a build go on. */
export class Dispatcher extends Construct {
  constructor(scope: Construct, id: string, { house, table, compileTemplate, deadLetters }: DispatcherProps) {
    super(scope, id);
    const dispatch = new LoopFunction(this, 'DispatchBuilds', {
      house,
      name: 'dispatch-builds',
      description: 'Grants slot and money to the builds that go next',
      timeout: TIMEOUT,
      memory: 1024,
      deadLetters,
      tracedByCallerOnly: true,
    });
    table.grantReadWrite(dispatch);
    compileTemplate.grantResume(dispatch);
    permitPrices(dispatch);
    dispatch.onClock('Tick', 'Plans the queue', 1);

    // A thousand writes must not cause a thousand plans: hints wait together for a moment and are read together.
    const hints = new Queue(this, 'Hints', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: house.tlsOnly,
      visibilityTimeout: Duration.seconds(6 * TIMEOUT.toSeconds()),
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
    });
    new Rule(this, 'SomeoneMayGoOn', {
      description: 'A turn is awaited, a slot or money came free, or the policy changed',
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: [HINTS.TURN_AWAITED, HINTS.BUILD_REQUEUED, HINTS.POLICY_CHANGED, EVENTS.BUILD_FINISHED],
      },
      targets: [new SqsQueue(hints, { deadLetterQueue: deadLetters.queue })],
    });
    dispatch.addEventSourceMapping('HintsMapping', {
      eventSourceArn: hints.queueArn,
      batchSize: 1000,
      maxBatchingWindow: Duration.seconds(1),
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
    permit(dispatch, {
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
      ],
      resources: [hints.queueArn],
    });
  }
}
