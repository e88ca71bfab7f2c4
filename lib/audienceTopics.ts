import { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFn } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../src/contract.ts';
import { AUDIENCES, type Audience } from '../src/core/words.ts';
import type { Configuration } from './configuration/configuration.ts';
import { NoticeTopic } from './noticeTopic.ts';
import { permit } from './permit.ts';

export interface AudienceTopicsProps {
  readonly recipients: Configuration['recipients'];
  readonly tlsOnly: boolean;
}

/** A topic for each audience, so that people can be added to one without a deployment; alarms go to the admins'. */
export class AudienceTopics extends Construct {
  readonly admins: NoticeTopic;
  readonly #arns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { recipients, tlsOnly }: AudienceTopicsProps) {
    super(scope, id);
    const topicOf = (audience: Audience) =>
      new NoticeTopic(this, audience, {
        displayName: `auto-ami ${audience}`,
        recipients: recipients[audience] ?? [],
        tlsOnly,
      });
    this.admins = topicOf('admins');
    this.#arns = Object.fromEntries(
      AUDIENCES.map((audience) => [
        audience,
        (audience === 'admins' ? this.admins : topicOf(audience)).topicArn,
      ]),
    );
  }

  /** Publish to every audience, and know their topics. */
  grantPublish(fn: LambdaFn): void {
    fn.addEnvironment(ENV.TOPIC_ARNS, Stack.of(this).toJsonString(this.#arns));
    permit(fn, { actions: ['sns:Publish'], resources: Object.values(this.#arns) });
  }
}
