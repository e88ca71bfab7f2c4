import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { invocationPattern, ROLES, routesOf, type Role } from '../src/api/routes.ts';
import type { ControlApi } from './controlApi.ts';
import { permit } from './permit.ts';

/** What a holder of each policy may do, as the console shows it. */
const MEANING: Record<Role, string> = {
  viewer: 'auto-ami: see status, queue, builds, images and budgets',
  operator: 'auto-ami: see everything; build, cancel, change templates and policy',
  approver: 'auto-ami: see everything; approve builds and promotions',
};

/** Outputs with the policies' ARNs, to attach to users, groups and roles. */
export const POLICY_OUTPUTS: Record<Role, string> = {
  viewer: 'ViewerPolicyArn',
  operator: 'OperatorPolicyArn',
  approver: 'ApproverPolicyArn',
};

export interface ControlApiPoliciesProps {
  readonly controlApi: ControlApi;
}

/** Three managed policies that differ by route (design §7); each also finds the API by the stack's outputs. */
export class ControlApiPolicies extends Construct {
  constructor(scope: Construct, id: string, { controlApi }: ControlApiPoliciesProps) {
    super(scope, id);
    const { partition, region, account, stackName } = Stack.of(this);
    const stage = `arn:${partition}:execute-api:${region}:${account}:${controlApi.api.apiId}/$default`;
    for (const role of ROLES) {
      const policy = new ManagedPolicy(this, role, { description: MEANING[role] });
      permit(policy, {
        actions: ['execute-api:Invoke'],
        resources: routesOf(role).map((route) => `${stage}/${invocationPattern(route)}`),
        wildcard: 'parts of a path that name a template or a build',
      });
      permit(policy, {
        actions: ['cloudformation:DescribeStacks'],
        resources: [`arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/*`],
        wildcard: "a stack's ARN ends with an id that is made with it",
      });
      new CfnOutput(this, `${role}Arn`, { value: policy.managedPolicyArn }).overrideLogicalId(
        POLICY_OUTPUTS[role],
      );
    }
  }
}
