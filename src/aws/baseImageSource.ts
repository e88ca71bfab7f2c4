import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { BaseImageSource, Clock } from '../ports.ts';
import { findByFilter } from './base-images/findByFilter.ts';
import { findByParameter } from './base-images/findByParameter.ts';
import { placesIn } from './base-images/place.ts';
import { perRegion, type ForRegion } from './clients.ts';

export interface BaseImageSourceOptions {
  readonly now: Clock;
  readonly ssm?: ForRegion<SSMClient>;
  readonly ec2?: ForRegion<EC2Client>;
}

/**
 * What the upstreams publish, in as few calls as it takes: a GetParameters for every ten parameters, a DescribeImages
 * for all sources without one, and one for all image ids that are new. What fails is a problem of the places it
 * concerns, and of no others.
 *
 * Actions: ssm:GetParameters, ec2:DescribeImages.
 */
export function awsBaseImageSource({
  now,
  ssm = perRegion(SSMClient),
  ec2 = perRegion(EC2Client),
}: BaseImageSourceOptions): BaseImageSource {
  return {
    async sightings(region, bases, known = []) {
      const { parameters, filters } = placesIn(region, bases);
      const look = { ssm: ssm(region), ec2: ec2(region), region, now: now() };
      const found = await Promise.all([
        findByParameter({
          ...look,
          places: parameters,
          known: known.filter((pointer) => pointer.region === region),
        }),
        findByFilter({ ...look, places: filters }),
      ]);
      const findings = found.flat();
      return {
        sightings: findings.flatMap((finding) => ('sighting' in finding ? [finding.sighting] : [])),
        problems: findings.flatMap((finding) =>
          'problem' in finding
            ? [
                {
                  base: finding.place.base.name,
                  architecture: finding.place.architecture,
                  problem: finding.problem,
                },
              ]
            : [],
        ),
      };
    },
  };
}
