import {
  EC2Client,
  RegisterImageCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { awsInstances } from '../../src/aws/instances.ts';
import { anAccount, clients } from '../local/aws/clients.ts';
import { instancesContract } from './instances.ts';
import { localClients } from './localAws.ts';

instancesContract(async () => {
  const { root } = anAccount();
  const region = 'us-east-1';
  const { ec2 } = clients(root, region);
  const tags = { Owner: 'ada', Name: 'analysis' };
  const anImage = async (Name: string) => {
    const { ImageId = '' } = await ec2.send(
      new RegisterImageCommand({ Name, Architecture: 'x86_64', RootDeviceName: '/dev/xvda' }),
    );
    return ImageId;
  };
  const launch = async (amiId: string) => {
    const { Instances: [launched] = [] } = await ec2.send(
      new RunInstancesCommand({
        ImageId: amiId,
        MinCount: 1,
        MaxCount: 1,
        InstanceType: 't3.micro',
        TagSpecifications: [
          {
            ResourceType: 'instance',
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          },
        ],
      }),
    );
    return { amiId, instanceId: launched?.InstanceId ?? '' };
  };
  const [A, B] = [await anImage('first'), await anImage('second')];
  const [first, second] = [await launch(A), await launch(B)];
  const { instanceId: stopped } = await launch(A);
  const { instanceId: gone } = await launch(A);
  await ec2.send(new StopInstancesCommand({ InstanceIds: [stopped] }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [gone] }));
  const instances = awsInstances({ ec2: localClients(EC2Client, root) });
  return { instances, region, first, second, stopped, gone, tags };
});
