import { Match, type EventPattern } from 'aws-cdk-lib/aws-events';
import { TAGS } from '../src/contract.ts';

/**
 * Launches of instances tagged with a template, where a CloudTrail trail records them. Image Builder's own instances are
 * tagged so, too: whoever counts has to pass over those.
 */
export function recordedLaunches(): EventPattern {
  return {
    source: ['aws.ec2'],
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['ec2.amazonaws.com'],
      eventName: ['RunInstances'],
      errorCode: Match.doesNotExist(),
      requestParameters: { tagSpecificationSet: { items: { tags: { key: [TAGS.TEMPLATE] } } } },
    },
  };
}
