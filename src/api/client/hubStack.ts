import { OUTPUTS } from '../../contract.ts';
import { ClientError, nameOf, wordsOf } from './clientError.ts';
import type { Credentials, Identity } from './credentials.ts';

/** What CloudFormation says of the hub stack. */
export interface HubStack {
  readonly apiUrl: string;
  readonly region: string;
}

/**
 * Whether the control API of a stack in this status can be used: it was deployed whole at least once, and nothing is
 * taking it away. An update that runs or was rolled back leaves the former API in its place.
 */
const USABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/**
 * Asks CloudFormation for the control API of a hub stack, in the ordinary AWS environment, profile and region.
 * @throws ClientError `no-such-stack`, `stack-unfinished`, `no-region`, `access-denied`, `bad-credentials`, `not-reachable`
 */
export async function findHubStack(
  stackName: string,
  identity: Identity,
  credentials: Credentials,
): Promise<HubStack> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ ...identity, credentials, maxAttempts: 2 });
  try {
    const region = await client.config.region();
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const status = stack?.StackStatus ?? 'absent';
    const apiUrl = stack?.Outputs?.find(({ OutputKey }) => OutputKey === OUTPUTS.API_URL)?.OutputValue;
    if (USABLE.has(status) && apiUrl !== undefined) return { apiUrl, region };
    throw unfinished(stackName, region, status);
  } catch (error) {
    throw error instanceof ClientError
      ? error
      : await inWords(error, stackName, () => client.config.region());
  } finally {
    client.destroy();
  }
}

function unfinished(stackName: string, region: string, status: string): ClientError {
  const why = USABLE.has(status) ? `it has no output ${OUTPUTS.API_URL}` : `it is ${status}`;
  return new ClientError(
    'stack-unfinished',
    `The stack ${stackName} in ${region} cannot be used: ${why}. See its events in CloudFormation, and finish it with \`npx cdk deploy --all\`.`,
  );
}

async function inWords(
  error: unknown,
  stackName: string,
  region: () => Promise<string>,
): Promise<ClientError> {
  const words = wordsOf(error);
  const name = nameOf(error);
  if (/region is missing/i.test(words))
    return new ClientError(
      'no-region',
      'No AWS region is set: set AWS_REGION, or `region` in the AWS profile.',
      error,
    );
  if (name === 'ValidationError' && /does not exist/.test(words))
    return new ClientError(
      'no-such-stack',
      `There is no stack ${stackName} in ${await region()}: deploy it with \`npx cdk deploy --all\`, or name yours by --stack and its region by AWS_REGION.`,
      error,
    );
  if (/^AccessDenied/.test(name))
    return new ClientError(
      'access-denied',
      `You may not look up the stack ${stackName} (cloudformation:DescribeStacks, which each managed policy of the control API includes); or set AUTO_AMI_API_URL to the API's address. (AWS: ${words})`,
      error,
    );
  if (/Token|Signature|UnrecognizedClient|IncompleteSignature/.test(name))
    return new ClientError('bad-credentials', `AWS does not accept these credentials: ${words}`, error);
  return new ClientError(
    'not-reachable',
    `CloudFormation could not be asked for the stack ${stackName}: ${words.replace(/\.$/, '')}. If this is the local AWS, is it running? \`npm start\` starts it.`,
    error,
  );
}
