import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { NOTICE_TEMPLATE_ATTRIBUTE } from '../contract.ts';
import type { Audience } from '../core/words.ts';
import type { Notices } from '../ports.ts';
import { perRegion } from './clients.ts';

export interface NoticesOptions {
  readonly homeRegion: string;
  /** The topic of each audience, as the stacks made them. */
  readonly topicArns: Readonly<Partial<Record<Audience, string>>>;
  readonly sns?: SNSClient;
}

/**
 * Notices as mails of an SNS topic for each audience. The templates a notice is about go with it, so that a
 * subscription can ask for its own ones alone; a notice about none reaches those who ask for all.
 *
 * Action: sns:Publish.
 */
export function awsNotices({
  homeRegion,
  topicArns,
  sns = perRegion(SNSClient)(homeRegion),
}: NoticesOptions): Notices {
  return {
    async send(audience, { subject, text, templates }) {
      const topicArn = topicArns[audience];
      if (topicArn === undefined)
        throw new Error(`There is no topic for ${audience}: deploy the stacks again.`);
      await sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          Message: text,
          ...(templates.length === 0
            ? {}
            : {
                MessageAttributes: {
                  [NOTICE_TEMPLATE_ATTRIBUTE]: {
                    DataType: 'String.Array',
                    StringValue: JSON.stringify(templates),
                  },
                },
              }),
        }),
      );
    },
  };
}
