import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { NOTICE_TEMPLATE_ATTRIBUTE } from '../src/contract.ts';
import type { Recipient } from './configuration/schema.ts';

export interface NoticeTopicProps {
  /** Shown as the sender. */
  readonly displayName: string;
  readonly recipients: readonly Recipient[];
  /** Refuses plain HTTP; only the local AWS has nothing else. */
  readonly tlsOnly: boolean;
}

/**
 * A topic that people read by email; each confirms the subscription once. It has no key of its own: notices name
 * templates and images and carry no secrets, alarms cannot publish under AWS's own key, and one of ours would cost
 * more than the whole idle system.
 */
export class NoticeTopic extends Topic {
  constructor(scope: Construct, id: string, { displayName, recipients, tlsOnly }: NoticeTopicProps) {
    super(scope, id, { displayName, enforceSSL: tlsOnly });
    for (const { email, templates } of recipients)
      this.addSubscription(
        new EmailSubscription(email, {
          ...(templates.length === 0
            ? {}
            : {
                filterPolicy: {
                  [NOTICE_TEMPLATE_ATTRIBUTE]: SubscriptionFilter.stringFilter({ allowlist: templates }),
                },
              }),
        }),
      );
  }
}
