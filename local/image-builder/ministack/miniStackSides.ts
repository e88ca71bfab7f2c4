import { awsClients } from './awsClients.ts';
import { ec2Side } from './ec2Side.ts';
import { busSide } from './busSide.ts';
import { iamSide } from './iamSide.ts';
import { s3Side } from './s3Side.ts';
import { ssmSide } from './ssmSide.ts';
import type { Sides } from '../sides.ts';

/** The rest of AWS, played by the MiniStack at this endpoint (started by our launcher: it opens what AWS does itself). */
export function miniStackSides(endpoint: string): Sides {
  const clients = awsClients(endpoint);
  return {
    ec2: ec2Side(clients),
    bus: busSide(clients),
    iam: iamSide(endpoint, clients),
    ssm: ssmSide(clients),
    s3: s3Side(endpoint),
  };
}
