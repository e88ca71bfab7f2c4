import { z } from 'zod';
import { accountId, nonEmpty, tags } from './shapes.ts';

/** What a distribution configuration makes in one region, with the limits of the service model. */

const launchTemplateId = z.string().regex(/^lt-[a-z0-9-_]{17}$/);
const accounts = z.array(accountId).min(1).max(1_536);

const launchPermission = z.object({
  userIds: accounts.optional(),
  userGroups: z.array(nonEmpty).optional(),
  organizationArns: z
    .array(z.string().regex(/^arn:aws[^:]*:organizations::[0-9]{12}:organization\/o-[a-z0-9]{10,32}$/))
    .min(1)
    .max(25)
    .optional(),
  organizationalUnitArns: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[^:]*:organizations::[0-9]{12}:ou\/o-[a-z0-9]{10,32}\/ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}/,
        ),
    )
    .min(1)
    .max(25)
    .optional(),
});

const distribution = z.object({
  region: nonEmpty,
  amiDistributionConfiguration: z
    .object({
      name: z
        .string()
        .min(1)
        .max(127)
        .regex(/^[-_A-Za-z0-9{][-_A-Za-z0-9\s:{}.]+[-_A-Za-z0-9}]$/)
        .optional(),
      description: nonEmpty.optional(),
      targetAccountIds: accounts.optional(),
      amiTags: tags.optional(),
      kmsKeyId: nonEmpty.optional(),
      launchPermission: launchPermission.optional(),
    })
    .optional(),
  containerDistributionConfiguration: z
    .object({
      description: nonEmpty.optional(),
      containerTags: z.array(nonEmpty).optional(),
      targetRepository: z.object({ service: z.enum(['ECR']), repositoryName: nonEmpty }),
    })
    .optional(),
  licenseConfigurationArns: z.array(z.string()).min(1).max(50).optional(),
  launchTemplateConfigurations: z
    .array(
      z.object({
        launchTemplateId,
        accountId: accountId.optional(),
        setDefaultVersion: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(100)
    .optional(),
  s3ExportConfiguration: z
    .object({
      roleName: nonEmpty,
      diskImageFormat: z.enum(['VMDK', 'RAW', 'VHD']),
      s3Bucket: nonEmpty,
      s3Prefix: nonEmpty.optional(),
    })
    .optional(),
  ssmParameterConfigurations: z
    .array(
      z.object({
        amiAccountId: accountId.optional(),
        parameterName: z
          .string()
          .min(1)
          .max(1_011)
          .regex(/^[a-zA-Z0-9_.\-/]+$/),
        dataType: z.enum(['text', 'aws:ec2:image']).optional(),
      }),
    )
    .optional(),
});

export type DistributionInput = z.infer<typeof distribution>;
export const distributions = z.array(distribution);
