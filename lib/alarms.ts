import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** What an alarm must say: someone is woken by it and may never have seen this system. */
export interface AlarmProps {
  readonly metric: IMetric;
  /** What people lose while this lasts, in a sentence. */
  readonly impact: string;
  /** Section of docs/runbook.md, as its anchor. */
  readonly runbook: string;
  /** @default anything above zero raises it */
  readonly raisedWhen?: { readonly operator: ComparisonOperator; readonly threshold: number };
  /** @default 1 */
  readonly periods?: number;
  /** @default silence is good */
  readonly missingData?: TreatMissingData;
}

/** Raises alarms with one voice: impact and runbook in the description, the admins' topic told of both ends. */
export class Alarms {
  readonly #topic: ITopic;

  constructor(topic: ITopic) {
    this.#topic = topic;
    // The first policy of a topic takes the place of the default one, by which alarms of the account could publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
      }),
    );
  }

  raise(scope: Construct, id: string, props: AlarmProps): Alarm {
    const { operator, threshold } = props.raisedWhen ?? {
      operator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
    };
    const alarm = new Alarm(scope, id, {
      metric: props.metric,
      alarmDescription: `${props.impact} What to do: docs/runbook.md#${props.runbook}`,
      comparisonOperator: operator,
      threshold,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.missingData ?? TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.#topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}
