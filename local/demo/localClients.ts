import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { ROOT_KEY } from '../aws/ministack.ts';

/** What the run uses beside the control API: ordinary SDK clients, as anybody's tools would use them. */
export interface LocalClients {
  readonly endpoint: string;
  readonly ssm: (region: string) => SSMClient;
  readonly imageBuilder: (region: string) => ImagebuilderClient;
  /** These three in the home region. */
  readonly cloudFormation: CloudFormationClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
}

/** Clients with the root key; one for each region and service, made when it is first asked for. */
export function localClients(
  endpoint: string,
  imageBuilderEndpoint: string,
  homeRegion: string,
): LocalClients {
  const common = { endpoint, credentials: ROOT_KEY };
  const home = { ...common, region: homeRegion };
  return {
    endpoint,
    ssm: perRegion((region) => new SSMClient({ ...common, region })),
    imageBuilder: perRegion(
      (region) => new ImagebuilderClient({ ...common, endpoint: imageBuilderEndpoint, region }),
    ),
    cloudFormation: new CloudFormationClient(home),
    sns: new SNSClient(home),
    sqs: new SQSClient(home),
  };
}

function perRegion<Client>(make: (region: string) => Client): (region: string) => Client {
  const made = new Map<string, Client>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
