import { z } from 'zod';
import * as shape from './shapes.ts';

/** What an infrastructure configuration says, with the limits of the service model. */
export const infrastructureSettings = z.object({
  description: shape.nonEmpty.optional(),
  instanceTypes: z.array(z.string()).optional(),
  instanceProfileName: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[\w+=,.@-]+$/),
  securityGroupIds: z.array(shape.nonEmpty).optional(),
  subnetId: shape.nonEmpty.optional(),
  logging: z
    .object({
      s3Logs: z
        .object({ s3BucketName: shape.nonEmpty.optional(), s3KeyPrefix: shape.nonEmpty.optional() })
        .optional(),
    })
    .optional(),
  keyPair: shape.nonEmpty.optional(),
  terminateInstanceOnFailure: z.boolean().optional(),
  snsTopicArn: z
    .string()
    .regex(/^arn:aws[^:]*:sns:[^:]+:[0-9]{12}:[a-zA-Z0-9-_]{1,256}$/)
    .optional(),
  resourceTags: shape.resourceTags.optional(),
  instanceMetadataOptions: z
    .object({
      httpTokens: z
        .string()
        .regex(/^(?:optional|required)$/)
        .optional(),
      httpPutResponseHopLimit: z.int().min(1).max(64).optional(),
    })
    .optional(),
  placement: z
    .object({
      availabilityZone: shape.nonEmpty.optional(),
      tenancy: z.enum(['default', 'dedicated', 'host']).optional(),
      hostId: shape.nonEmpty.optional(),
      hostResourceGroupArn: shape.nonEmpty.optional(),
    })
    .optional(),
});
export type InfrastructureSettings = z.infer<typeof infrastructureSettings>;
