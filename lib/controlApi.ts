import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENV, OUTPUTS } from '../src/contract.ts';
import { ROUTES } from '../src/api/routes.ts';
import type { BaseImageMonitor } from './baseImageMonitor.ts';
import type { CompileTemplate } from './compileTemplate.ts';
import type { FirstPolicy } from './firstPolicy.ts';
import type { House } from './house.ts';
import type { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { LoopFunction } from './loopFunction.ts';
import type { OurAmis } from './ourAmis.ts';
import { permit } from './permit.ts';
import { permitPrices } from './permitPrices.ts';
import type { PublishedAmis } from './publishedAmis.ts';
import type { StateTable } from './stateTable.ts';

/** Far above what people and `cws` ask; it bounds what a runaway script can cost. */
const REQUESTS_PER_SECOND = 50;

export interface ControlApiProps {
  readonly house: House;
  readonly table: StateTable;
  readonly monitor: BaseImageMonitor;
  readonly imageBuilder: ImageBuilderAccess;
  readonly compileTemplate: CompileTemplate;
  readonly publishedAmis: PublishedAmis;
  readonly ourAmis: OurAmis;
  readonly firstPolicy?: FirstPolicy | undefined;
}

/** The only way in for people and programs: an HTTP API that knows its callers by their signature (design §7). */
export class ControlApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ControlApiProps) {
    super(scope, id);
    const { house, table } = props;
    const fn = new LoopFunction(this, 'Function', {
      house,
      name: 'control-api',
      description: 'Answers and obeys the people allowed to ask',
      memory: 1024,
    });
    table.grantReadWrite(fn);
    props.firstPolicy?.grantRead(fn);
    // `build` says what it will cost, and `status` and `queue` show the dispatcher's own plan.
    permitPrices(fn);
    permit(fn, {
      actions: ['lambda:InvokeFunction'],
      resources: [props.monitor.checkBaseImages.functionArn],
    });
    // `cancel`: the execution that waits is told, and the image stops costing.
    props.compileTemplate.grantResume(fn);
    props.imageBuilder.grantCancel(fn);
    // `promote` and `rollback` say at once, where launches look, which AMI is the active one.
    // `base-images compare` describes images that were never seen here: what this grants is enough for it.
    props.publishedAmis.grantPublish(fn);
    props.ourAmis.grantOffer(fn);
    // `stale-instances` names those on older images.
    props.ourAmis.grantFindInstances(fn);
    fn.addEnvironment(ENV.CHECK_BASE_IMAGES_FUNCTION, props.monitor.checkBaseImages.functionName);

    this.api = new HttpApi(this, 'Api', {
      description: 'Control API of auto-ami',
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const integration = new HttpLambdaIntegration('Integration', fn);
    const methods = [...new Set(Object.values(ROUTES).map(({ method }) => method))];
    for (const method of methods)
      this.api.addRoutes({ path: '/{proxy+}', methods: [HttpMethod[method]], integration });
    this.#addStage(house);
    house.alarms.raise(this, 'ServerErrors', {
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      impact:
        'People and programs get errors when they ask for status, builds or approvals; the loop itself goes on.',
      runbook: 'the-control-api-fails',
    });
    new CfnOutput(this, 'Url', { value: this.api.apiEndpoint }).overrideLogicalId(OUTPUTS.API_URL);
  }

  #addStage(house: House): void {
    const logs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/apis/${Stack.of(this).stackName}-control-api`,
      retention: house.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: REQUESTS_PER_SECOND, burstLimit: 2 * REQUESTS_PER_SECOND },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(
          JSON.stringify({
            at: AccessLogField.contextRequestTime(),
            id: AccessLogField.contextRequestId(),
            from: AccessLogField.contextIdentitySourceIp(),
            caller: '$context.identity.userArn',
            method: AccessLogField.contextHttpMethod(),
            path: AccessLogField.contextPath(),
            status: AccessLogField.contextStatus(),
          }),
        ),
      },
    });
  }
}
