import { Match, type EventPattern } from 'aws-cdk-lib/aws-events';

/** Events of Parameter Store for parameters with these names; a trailing `*` stands for any ending. */
export function parameterChanges(names: readonly string[]): EventPattern {
  return {
    source: ['aws.ssm'],
    detailType: ['Parameter Store Change'],
    detail: {
      operation: ['Create', 'Update'],
      name: names.flatMap((name) => (name.endsWith('*') ? Match.prefix(name.slice(0, -1)) : name)),
    },
  };
}
