import { Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, type Conditions } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';

export interface Permission {
  readonly actions: readonly string[];
  /** ARNs; one with a `*` in it needs `wildcard`. */
  readonly resources: readonly string[];
  /** @default none */
  readonly conditions?: Conditions;
  /** Why a resource cannot be named in full. */
  readonly wildcard?: string;
}

/**
 * The only way by which permissions are given in these stacks: written out, and every wildcard with its reason,
 * which also answers cdk-nag's IAM5 for exactly that resource.
 */
export function permit(grantee: IGrantable & IConstruct, permission: Permission): void {
  const { actions, resources, conditions, wildcard } = permission;
  const { grantPrincipal } = grantee;
  const owner = Construct.isConstruct(grantPrincipal) ? grantPrincipal : grantee;
  const open = resources
    .map((resource) => inWords(Stack.of(owner).resolve(resource)))
    .filter((arn) => arn.includes('*'));
  if (open.length > 0 && wildcard === undefined)
    throw new Error(
      `${owner.node.path}: ${actions.join(', ')} on ${open.join(', ')} needs a reason for its wildcard`,
    );
  grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: [...actions],
      resources: [...resources],
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
  for (const arn of open) acknowledgeWildcard(owner, arn, wildcard ?? '');
}

/** For wildcards that the CDK itself writes into a role, such as those of log delivery and tracing. */
export function acknowledgeWildcard(owner: IConstruct, resource: string, reason: string): void {
  Validations.of(owner).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

/** A resolved ARN as cdk-nag prints it: `arn:aws:ssm:*:<AWS::AccountId>:parameter/…`. */
function inWords(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved !== 'object' || resolved === null) return '';
  const [kind, value] = Object.entries(resolved)[0] ?? [];
  if (kind === 'Ref') return `<${String(value)}>`;
  if (kind === 'Fn::GetAtt' && Array.isArray(value)) return `<${value.map(String).join('.')}>`;
  if (kind === 'Fn::Join' && Array.isArray(value) && Array.isArray(value[1]))
    return value[1].map(inWords).join(String(value[0]));
  return JSON.stringify(resolved);
}
