import type { Statement as WrittenStatement } from '../lib/support/statements.ts';
import type { Statement } from '../local/aws/clients.ts';

/**
 * Statements of the stacks as a role of the local AWS can have them: references resolved to what a test made.
 * @param references values by the beginning of their logical id or pseudo parameter, such as `AWS::AccountId`
 */
export function grantedStatements(
  statements: readonly WrittenStatement[],
  references: Readonly<Record<string, string>>,
): Statement[] {
  const resolve = (arn: string): string =>
    arn.replaceAll(/<([^>]+)>/g, (whole, reference: string) => {
      const [, value] = Object.entries(references).find(([start]) => reference.startsWith(start)) ?? [];
      if (value === undefined) throw new Error(`The test makes nothing for ${whole} of ${arn}`);
      return value;
    });
  return statements.map(({ actions, resources, conditions }) => ({
    Action: actions,
    Resource: resources.map(resolve),
    Condition: conditions,
  }));
}
