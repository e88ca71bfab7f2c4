import {
  GetInstanceProfileCommand,
  NoSuchEntityException,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import type { ContextEntry, IAMClient } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { CREDENTIAL_ERRORS } from '../sides.ts';
import type { Decision, IamCheck, IamSide, Principal } from '../sides.ts';
import type { AwsClients } from './awsClients.ts';

/** The launcher's answer to "whose key is this?" */
const principalAnswer = z.object({
  account: z.string(),
  kind: z.enum(['role', 'user', 'root']),
  arn: z.string(),
  callerArn: z.string(),
});
const refusal = z.object({
  code: z.enum(CREDENTIAL_ERRORS).catch('UnrecognizedClientException'),
  message: z.string(),
});

const entry = ([ContextKeyName, value]: readonly [string, string | readonly string[]]): ContextEntry =>
  typeof value === 'string'
    ? { ContextKeyName, ContextKeyType: 'string', ContextKeyValues: [value] }
    : { ContextKeyName, ContextKeyType: 'stringList', ContextKeyValues: [...value] };

const DECISION: Readonly<Record<string, Decision>> = { allowed: 'allowed', explicitDeny: 'explicitDeny' };

/** Each check has a context of its own, so each is a simulation of its own. */
async function decideOne(
  client: IAMClient,
  { policySourceArn }: Principal,
  region: string,
  check: IamCheck,
): Promise<Decision> {
  const context = { 'aws:RequestedRegion': region, ...check.context };
  try {
    const { EvaluationResults = [] } = await client.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: policySourceArn,
        ActionNames: [check.action],
        ResourceArns: [check.resource],
        ContextEntries: Object.entries(context).map(entry),
      }),
    );
    return DECISION[EvaluationResults[0]?.EvalDecision ?? ''] ?? 'implicitDeny';
  } catch (error) {
    // The role was deleted while its session lives: nothing allows it any more.
    if (error instanceof NoSuchEntityException) return 'implicitDeny';
    throw error;
  }
}

export const iamSide = (endpoint: string, clients: AwsClients): IamSide => ({
  async principalOf({ accessKeyId, sessionToken }) {
    const query = new URLSearchParams({
      accessKeyId,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    });
    const response = await fetch(new URL(`/_auto-ami/principal?${query.toString()}`, endpoint));
    if (response.status === 403) return { kind: 'unknown', ...refusal.parse(await response.json()) };
    if (!response.ok) {
      throw new Error(
        `${endpoint} does not say whose key this is (HTTP ${response.status}): is it MiniStack started by our launcher?`,
      );
    }
    const { account, kind, arn, callerArn } = principalAnswer.parse(await response.json());
    return { kind: 'principal', account, callerArn, policySourceArn: arn, root: kind === 'root' };
  },
  async decide(principal, place, checks) {
    const client = clients.iam(place);
    return Promise.all(checks.map((check) => decideOne(client, principal, place.region, check)));
  },
  async instanceProfile(place, name) {
    try {
      const { InstanceProfile } = await clients
        .iam(place)
        .send(new GetInstanceProfileCommand({ InstanceProfileName: name }));
      if (InstanceProfile?.Arn === undefined) return undefined;
      return {
        arn: InstanceProfile.Arn,
        roleArns: (InstanceProfile.Roles ?? []).flatMap(({ Arn }) => Arn ?? []),
      };
    } catch (error) {
      if (error instanceof NoSuchEntityException) return undefined;
      throw error;
    }
  },
});
