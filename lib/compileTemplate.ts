import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { ENV, OUTPUTS } from '../src/contract.ts';
import type { BuildSteps } from './buildSteps.ts';
import type { House } from './house.ts';
import { acknowledgeWildcard, permit } from './permit.ts';
import type { StateTable } from './stateTable.ts';

const DEFINITION = new URL('../state-machines/compile-template.asl.json', import.meta.url);

/** Region builds: the items in which an execution stores the token it waits with. */
const REGION_BUILD_KEYS = 'REGION_BUILD#*';

export interface CompileTemplateProps {
  readonly house: House;
  readonly table: StateTable;
  readonly steps: BuildSteps;
}

/**
 * The state machine `compile-template`: one execution per region build. It waits, calls and retries; the CDK
 * derives no permission from the definition, so each is written here.
 */
export class CompileTemplate extends Construct {
  readonly #machine: StateMachine;

  constructor(scope: Construct, id: string, { house, table, steps }: CompileTemplateProps) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    });
    permit(role, {
      actions: ['dynamodb:UpdateItem'],
      resources: [table.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [REGION_BUILD_KEYS] } },
    });
    permit(role, {
      actions: ['lambda:InvokeFunction'],
      resources: steps.functions.map((fn) => fn.functionArn),
    });

    this.#machine = new StateMachine(this, 'StateMachine', {
      comment: 'Compiles one template in one region for one architecture',
      definitionBody: DefinitionBody.fromString(readFileSync(DEFINITION, 'utf8')),
      definitionSubstitutions: {
        Partition: partition,
        TableName: table.table.tableName,
        ...steps.substitutions,
      },
      role,
      tracingEnabled: true,
      logs: {
        // The prefix keeps log delivery within the size that CloudWatch Logs allows its resource policy.
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-compile-template`,
          retention: house.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // Task tokens are part of it; they let whoever reads them resume a build.
        includeExecutionData: false,
      },
    });
    acknowledgeWildcard(role, '*', 'Log delivery and X-Ray know no resources');
    house.alarms.raise(this, 'BuildsFail', {
      metric: this.#machine.metricFailed({ period: Duration.minutes(15) }),
      impact: 'Builds end without a new AMI; the last good one stays in use, as old as it is.',
      runbook: 'builds-fail',
    });
    new CfnOutput(this, 'Arn', { value: this.#machine.stateMachineArn }).overrideLogicalId(
      OUTPUTS.STATE_MACHINE_ARN,
    );
  }

  /** Start executions, and see what became of one. */
  grantStart(fn: LambdaFn): void {
    this.#tell(fn);
    permit(fn, { actions: ['states:StartExecution'], resources: [this.#machine.stateMachineArn] });
    this.#permitExecutions(fn, ['states:DescribeExecution']);
  }

  /** Give a waiting execution the token it stored. */
  grantResume(fn: LambdaFn): void {
    this.#tell(fn);
    permit(fn, {
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
      resources: [this.#machine.stateMachineArn],
    });
  }

  /** Stop executions that wait for what will not come, or under an older definition. */
  grantMend(fn: LambdaFn): void {
    this.grantStart(fn);
    this.grantResume(fn);
    // A version has the date that a definition itself has not.
    permit(fn, {
      actions: ['states:PublishStateMachineVersion'],
      resources: [this.#machine.stateMachineArn],
    });
    this.#permitExecutions(fn, ['states:StopExecution']);
  }

  #permitExecutions(fn: LambdaFn, actions: readonly string[]): void {
    const { partition, region, account } = Stack.of(this);
    permit(fn, {
      actions,
      resources: [
        `arn:${partition}:states:${region}:${account}:execution:${this.#machine.stateMachineName}:*`,
      ],
      wildcard:
        'executions are named after region builds, which are made at run time; only those of this machine',
    });
  }

  #tell(fn: LambdaFn): void {
    fn.addEnvironment(ENV.STATE_MACHINE_ARN, this.#machine.stateMachineArn);
  }
}
