import { DeregisterImageCommand, EC2Client, RegisterImageCommand } from '@aws-sdk/client-ec2';
import { awsParentImages } from '../../src/aws/parentImages.ts';
import { anAccount, clients } from '../local/aws/clients.ts';
import { localClients } from './localAws.ts';
import { parentImagesContract } from './parentImages.ts';

parentImagesContract(async () => {
  const { root } = anAccount();
  const region = 'us-east-1';
  const { ec2 } = clients(root, region);
  const anImage = async (Name: string) => {
    const { ImageId = '' } = await ec2.send(
      new RegisterImageCommand({
        Name,
        Architecture: 'x86_64',
        RootDeviceName: '/dev/xvda',
        BlockDeviceMappings: [
          { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 100 } },
          { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } },
        ],
      }),
    );
    return ImageId;
  };
  const [image, gone] = [await anImage('kept'), await anImage('gone')];
  await ec2.send(new DeregisterImageCommand({ ImageId: gone }));
  return { parentImages: awsParentImages({ ec2: localClients(EC2Client, root) }), region, image, gone };
});
