import { Duration, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnPermission, type Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EVENT_SOURCE, EVENTS, METRIC_SCAN_SUCCEEDED, METRICS_NAMESPACE } from '../src/contract.ts';
import { DeadLetters } from './deadLetters.ts';
import type { House } from './house.ts';
import { LoopFunction } from './loopFunction.ts';
import { parameterChanges } from './parameterChanges.ts';
import { permit } from './permit.ts';
import type { StateTable } from './stateTable.ts';

/** So many intervals in a row without a successful scan are a fault: silence must not look like peace. */
const SILENT_INTERVALS = 3;

export interface BaseImageMonitorProps {
  readonly house: House;
  readonly table: StateTable;
  /** Regions whose base images are looked at. */
  readonly regions: readonly string[];
  readonly scanIntervalMinutes: number;
  /** SNS topics on which vendors announce images: each message is a hint to look at once. */
  readonly announcementTopics: readonly string[];
  /** Names, or stems with a trailing `*`, of parameters of the account that may hold base images. */
  readonly baseImageParameters: readonly string[];
}

/** Notices every base image change in every region used, and says what it fixes. */
export class BaseImageMonitor extends Construct {
  /** So that the control API can ask for a scan at once. */
  readonly checkBaseImages: LoopFunction;
  /** Of everything that notices what upstreams publish. */
  readonly deadLetters: DeadLetters;

  constructor(scope: Construct, id: string, props: BaseImageMonitorProps) {
    super(scope, id);
    const { house, table, scanIntervalMinutes } = props;
    const deadLetters = new DeadLetters(this, 'DeadLetters', {
      alarms: house.alarms,
      tlsOnly: house.tlsOnly,
      impact:
        'Base image updates and holes in the packages of our own images are noticed or assessed late, or old AMIs are not removed.',
      runbook: 'base-images-are-not-checked',
    });
    const check = new LoopFunction(this, 'CheckBaseImages', {
      house,
      name: 'check-base-images',
      description: 'Compares every tracked base image in every region with what its source says now',
      timeout: Duration.minutes(2),
      deadLetters,
      tracedByCallerOnly: true,
    });
    table.grantReadWrite(check);
    this.#grantSources(check, props);
    check.onClock('Scan', 'Looks at every base image', scanIntervalMinutes);
    if (props.baseImageParameters.length > 0)
      check.onEvent(
        'OwnParameters',
        'A golden image of the account changed',
        parameterChanges(props.baseImageParameters),
      );
    props.announcementTopics.forEach((topic, index) => this.#subscribe(check, topic, index));

    const assess = new LoopFunction(this, 'AssessUpdate', {
      house,
      name: 'assess-update',
      description: 'Says what a base image update fixes, and how severe that is',
      timeout: Duration.minutes(2),
      memory: 1024,
      deadLetters,
    });
    table.grantReadWrite(assess);
    assess.onEvent('BaseImageUpdated', 'A base image moved', {
      source: [EVENT_SOURCE],
      detailType: [EVENTS.BASE_IMAGE_UPDATED],
    });

    house.alarms.raise(this, 'NoScan', {
      metric: new Metric({
        namespace: METRICS_NAMESPACE,
        metricName: METRIC_SCAN_SUCCEEDED,
        // Powertools names the function so.
        dimensionsMap: { service: 'check-base-images' },
        statistic: 'Sum',
        period: Duration.minutes(scanIntervalMinutes),
      }),
      impact: `No base image was looked at for ${SILENT_INTERVALS * scanIntervalMinutes} minutes: updates go unnoticed, and deadlines count from their detection.`,
      runbook: 'no-scan-has-succeeded',
      raisedWhen: { operator: ComparisonOperator.LESS_THAN_THRESHOLD, threshold: 1 },
      periods: SILENT_INTERVALS,
      missingData: TreatMissingData.BREACHING,
    });
    this.checkBaseImages = check;
    this.deadLetters = deadLetters;
  }

  #grantSources(fn: LambdaFn, { regions, baseImageParameters }: BaseImageMonitorProps): void {
    const { partition, account } = Stack.of(this);
    const conditions = { StringEquals: { 'aws:RequestedRegion': [...regions] } };
    permit(fn, {
      actions: ['ssm:GetParameters'],
      resources: [
        `arn:${partition}:ssm:*::parameter/aws/service/*`,
        ...baseImageParameters.map((name) => `arn:${partition}:ssm:*:${account}:parameter${name}`),
      ],
      conditions,
      wildcard:
        'which base images are tracked is policy; public parameters, and those the configuration opens, are only read',
    });
    permit(fn, {
      actions: ['ec2:DescribeImages'],
      resources: ['*'],
      conditions,
      wildcard: 'DescribeImages knows no resources',
    });
  }

  /** The topic may be of another account and region: the subscription is made where the topic is. */
  #subscribe(fn: LambdaFn, topicArn: string, index: number): void {
    const permission = new CfnPermission(this, `Announcement${index}Permission`, {
      action: 'lambda:InvokeFunction',
      functionName: fn.functionArn,
      principal: 'sns.amazonaws.com',
      sourceArn: topicArn,
    });
    new CfnSubscription(this, `Announcement${index}`, {
      topicArn,
      protocol: 'lambda',
      endpoint: fn.functionArn,
      region: topicArn.split(':')[3] ?? '',
    }).addResourceDependency(permission);
  }
}
