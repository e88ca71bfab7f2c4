import { RegisterImageCommand } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { awsAmiParameters } from '../../src/aws/amiParameters.ts';
import { anAccount, clients } from '../local/aws/clients.ts';
import { amiParametersContract } from './amiParameters.ts';
import { localClients } from './localAws.ts';

amiParametersContract(async () => {
  const { root } = anAccount();
  const region = 'us-east-1';
  const anImage = async (Name: string) => {
    const { ImageId = '' } = await clients(root, region).ec2.send(
      new RegisterImageCommand({ Name, Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
    );
    return ImageId;
  };
  return {
    parameters: awsAmiParameters({ ssm: localClients(SSMClient, root) }),
    region,
    images: [await anImage('first'), await anImage('second')],
    stranger: 'ami-0123456789abcdef0',
  };
});
