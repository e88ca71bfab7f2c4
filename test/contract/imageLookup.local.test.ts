import { EC2Client } from '@aws-sdk/client-ec2';
import { awsImageLookup } from '../../src/aws/imageLookup.ts';
import { anAccount } from '../local/aws/clients.ts';
import { amazonLinux, anImageId, REGION } from './baseImageSource.ts';
import { imageLookupContract } from './imageLookup.ts';
import { localClients, publishVendorImages } from './localAws.ts';

imageLookupContract(async () => {
  const { root } = anAccount();
  const image = { imageId: anImageId(), ownerId: '137112412989', ...amazonLinux('2023.12.20260727') };
  await publishVendorImages({ ...image, region: REGION });
  return { lookup: awsImageLookup({ ec2: localClients(EC2Client, root) }), region: REGION, image };
});
