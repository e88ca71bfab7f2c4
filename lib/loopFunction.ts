import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFn, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { ENV } from '../src/contract.ts';
import type { DeadLetters } from './deadLetters.ts';
import type { FunctionName } from './functionNames.ts';
import type { House } from './house.ts';
import { acknowledgeWildcard, permit } from './permit.ts';

/** How long a delivery is tried before it is a dead letter: what is older, a tick has long made good. */
const DELIVERY_RETRIES = 20;
const OLDEST_DELIVERY = Duration.hours(1);

export interface LoopFunctionProps {
  readonly house: House;
  /** Its file: `lambdas/<name>.ts`. */
  readonly name: FunctionName;
  /** What it does, in a sentence, for the console. */
  readonly description: string;
  /** @default 30 seconds */
  readonly timeout?: Duration;
  /** Megabytes. @default 512: less makes cold starts longer than it saves */
  readonly memory?: number;
  /** Where asynchronous invocations end that fail for good. @default only invoked by callers that wait */
  readonly deadLetters?: DeadLetters;
  /**
   * Follows a trace its caller began, and begins none: for what the clock invokes all day, where every idle tick
   * would be a paid trace. @default false
   */
  readonly tracedByCallerOnly?: boolean;
}

/** A function of the loop, with the house's defaults; permissions and edges are added by the construct it is part of. */
export class LoopFunction extends LambdaFn {
  readonly #deadLetters: DeadLetters | undefined;

  constructor(scope: Construct, id: string, props: LoopFunctionProps) {
    const { house, name, deadLetters } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: house.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: props.description,
      code: house.code,
      handler: `${name}.handler`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout ?? Duration.seconds(30),
      memorySize: props.memory ?? 512,
      role,
      logGroup,
      tracing: props.tracedByCallerOnly === true ? Tracing.PASS_THROUGH : Tracing.ACTIVE,
      environment: {
        [ENV.SETTINGS]: house.settings,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: name,
      },
      ...(deadLetters === undefined
        ? {}
        : {
            onFailure: new SqsDestination(deadLetters.queue),
            retryAttempts: 2,
            maxEventAge: OLDEST_DELIVERY,
          }),
    });
    this.#deadLetters = deadLetters;
    acknowledgeWildcard(role, '*', 'X-Ray knows no resources: trace segments are put on "*"');
  }

  /** Invoked for every event on the default bus that matches. */
  onEvent(id: string, description: string, eventPattern: EventPattern): void {
    new Rule(this, id, {
      description,
      eventPattern,
      targets: [
        new LambdaFunction(this, {
          deadLetterQueue: this.#requireDeadLetters(id).queue,
          retryAttempts: DELIVERY_RETRIES,
          maxEventAge: OLDEST_DELIVERY,
        }),
      ],
    });
  }

  /** Invoked by the clock, the first time at once. A tick that comes late is worth nothing after the next one. */
  onClock(id: string, description: string, minutes: number): void {
    const { queue } = this.#requireDeadLetters(id);
    const role = new Role(this, `${id}Role`, {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    permit(role, { actions: ['lambda:InvokeFunction'], resources: [this.functionArn] });
    permit(role, { actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
    new CfnSchedule(this, id, {
      description,
      scheduleExpression: `rate(${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ tick: minutes }),
        deadLetterConfig: { arn: queue.queueArn },
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: Math.max(60, minutes * 60) },
      },
    });
  }

  #requireDeadLetters(edge: string): DeadLetters {
    if (this.#deadLetters === undefined)
      throw new Error(`${this.node.path}: ${edge} is asynchronous and needs dead letters`);
    return this.#deadLetters;
  }
}
