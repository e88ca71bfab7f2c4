import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';

export interface DeadLettersProps {
  readonly alarms: Alarms;
  /** What people lose when something ends here, in a sentence. */
  readonly impact: string;
  /** Section of docs/runbook.md. */
  readonly runbook: string;
  /** Refuses plain HTTP; only the local AWS has nothing else. */
  readonly tlsOnly: boolean;
}

/**
 * Where the asynchronous edges of one part of the loop leave what they could not deliver. Nothing is lost by it,
 * since ticks find what events missed (design §3); it is how someone learns that an edge is broken.
 */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { alarms, impact, runbook, tlsOnly }: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: tlsOnly,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself, of event rules, schedules, functions and streams',
    });
    alarms.raise(this, 'Alarm', {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      impact,
      runbook,
    });
  }
}
