import { Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { AudienceTopics } from './audienceTopics.ts';
import { BaseImageMonitor } from './baseImageMonitor.ts';
import { BuildSteps } from './buildSteps.ts';
import { BuildStarter } from './buildStarter.ts';
import { ChangePublisher } from './changePublisher.ts';
import { CompileTemplate } from './compileTemplate.ts';
import type { Configuration } from './configuration/configuration.ts';
import { ControlApi } from './controlApi.ts';
import { ControlApiPolicies } from './controlApiPolicies.ts';
import { DeadLetters } from './deadLetters.ts';
import { deploymentSettings } from './deploymentSettings.ts';
import { Dispatcher } from './dispatcher.ts';
import { FirstPolicy } from './firstPolicy.ts';
import type { House } from './house.ts';
import { ImageBuilderAccess } from './imageBuilderAccess.ts';
import { ImageRetirer } from './imageRetirer.ts';
import { ImageWatcher } from './imageWatcher.ts';
import { logRetention } from './logRetention.ts';
import { Notifications } from './notifications.ts';
import { OurAmis } from './ourAmis.ts';
import { PackageChecker } from './packageChecker.ts';
import { PublishedAmis } from './publishedAmis.ts';
import { Reconciler } from './reconciler.ts';
import { RequestBuilds } from './requestBuilds.ts';
import { StateTable } from './stateTable.ts';

export interface HubStackProps extends StackProps {
  readonly configuration: Configuration;
  /** Of all functions, as `bundleFunctions` makes it. */
  readonly code: Code;
  /** Text of the policy a new deployment starts with. @default the built-in one */
  readonly firstPolicy?: string | undefined;
}

/** Everything, in the home region; further regions only forward to it (design §6). */
export class HubStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { configuration, code, firstPolicy: policyText, ...props }: HubStackProps,
  ) {
    super(scope, id, { description: 'auto-ami: keeps machine images fresh', ...props });
    const regions = configuration.regions.map(({ name }) => name);
    const tlsOnly = !configuration.local;

    const table = new StateTable(this, 'State');
    const topics = new AudienceTopics(this, 'Audiences', { recipients: configuration.recipients, tlsOnly });
    const imageBuilder = new ImageBuilderAccess(this, 'ImageBuilder', { regions });
    const firstPolicy =
      policyText === undefined ? undefined : new FirstPolicy(this, 'FirstPolicy', { text: policyText });
    const house: House = {
      code,
      alarms: new Alarms(topics.admins),
      settings: this.toJsonString(
        deploymentSettings(configuration, {
          instanceProfileName: imageBuilder.instanceProfile.instanceProfileName,
          ...(firstPolicy === undefined ? {} : { firstPolicyParameter: firstPolicy.parameterName }),
        }),
      ),
      logRetention: logRetention(configuration.logRetentionDays),
      tlsOnly,
    };
    const ourAmis = new OurAmis({ regions });
    const publishedAmis = new PublishedAmis({ regions, amiParameter: configuration.amiParameter });
    const deadLetters = new DeadLetters(this, 'BuildDeadLetters', {
      alarms: house.alarms,
      tlsOnly,
      impact: 'Builds start, go on or end late: a step that should follow at once waits for the slow tick.',
      runbook: 'builds-do-not-move',
    });

    const monitor = new BaseImageMonitor(this, 'BaseImages', {
      house,
      table,
      regions,
      scanIntervalMinutes: configuration.scanIntervalMinutes,
      announcementTopics: configuration.announcementTopics,
      baseImageParameters: configuration.baseImageParameters,
    });
    new ChangePublisher(this, 'Changes', {
      house,
      table,
      bus: EventBus.fromEventBusName(this, 'Bus', 'default'),
    });
    new PackageChecker(this, 'Packages', {
      ...{ house, table, imageBuilder },
      deadLetters: monitor.deadLetters,
    });
    new ImageRetirer(this, 'Images', {
      ...{ house, table, imageBuilder, ourAmis },
      deadLetters: monitor.deadLetters,
    });
    new RequestBuilds(this, 'RequestBuilds', { house, table, deadLetters });
    const steps = new BuildSteps(this, 'Steps', { house, table, imageBuilder, publishedAmis, ourAmis });
    const compileTemplate = new CompileTemplate(this, 'CompileTemplate', { house, table, steps });
    new BuildStarter(this, 'BuildStarter', { house, table, compileTemplate, deadLetters });
    new Dispatcher(this, 'Dispatcher', { house, table, compileTemplate, deadLetters });
    new ImageWatcher(this, 'ImageWatcher', { house, table, imageBuilder, compileTemplate, deadLetters });
    new Reconciler(this, 'Reconciler', {
      house,
      table,
      imageBuilder,
      compileTemplate,
      publishedAmis,
      ourAmis,
      firstPolicy,
      deadLetters,
    });
    new Notifications(this, 'Notifications', { house, table, topics });
    const controlApi = new ControlApi(this, 'ControlApi', {
      house,
      table,
      monitor,
      imageBuilder,
      compileTemplate,
      publishedAmis,
      ourAmis,
      firstPolicy,
    });
    new ControlApiPolicies(this, 'Access', { controlApi });
  }
}
