import { z } from 'zod';
import { DEFAULT_AMI_PARAMETER } from '../../src/contract.ts';
import { AUDIENCES } from '../../src/core/words.ts';
import { AMI_PARAMETER_PATTERN, REGION_NAME } from '../../src/settings.ts';
import { RETENTION_DAYS } from '../logRetention.ts';

/**
 * What may be written in `auto-ami.config.yaml`. Everything but the home region has a default, so that a real
 * account needs a few lines. What concerns two values at once is checked in `crossChecks.ts`.
 */

/** An alarm looks at three intervals, and CloudWatch at no more than a day at once. */
const LONGEST_SCAN_INTERVAL_MINUTES = 480;

const region = z.string().regex(REGION_NAME, 'must be the name of an AWS region, such as us-east-1');

const instanceTypeList = z
  .array(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, 'must be an instance type, such as m7i.large'))
  .min(1, 'must name at least one instance type');

const instanceTypes = z.strictObject({
  x86_64: instanceTypeList.optional(),
  arm64: instanceTypeList.optional(),
});

const tags = z.record(
  z
    .string()
    .min(1)
    .max(128)
    .regex(/^(?!aws:|auto-ami:)/i, 'must not begin with "aws:" or "auto-ami:"; those are taken')
    // By CreatedBy the snapshots of images are told from all others when they are deleted with their AMI.
    .regex(
      /^(?!(CreatedBy|Ec2ImageBuilderArn)$)/i,
      'must not be "CreatedBy" or "Ec2ImageBuilderArn"; Image Builder sets those itself',
    ),
  z.coerce.string().max(256),
);

/** `us-west-2:` alone, without anything below it, is a region with every default. */
const place = z
  .strictObject({
    subnetId: z
      .string()
      .regex(/^subnet-[0-9a-f]+$/, 'must be a subnet id, such as subnet-0123456789abcdef0')
      .optional(),
    securityGroupIds: z
      .array(z.string().regex(/^sg-[0-9a-f]+$/, 'must be a security group id, such as sg-0123456789abcdef0'))
      .default([]),
    kmsKeyId: z
      .string()
      .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-zA-Z0-9-]+$/, 'must be the ARN of a KMS key')
      .optional(),
    instanceTypes: instanceTypes.default({}),
    mandatoryTags: tags.default({}),
  })
  .nullable()
  .transform((value) => value ?? { securityGroupIds: [], instanceTypes: {}, mandatoryTags: {} });

const recipient = z.union([
  z.email('must be an email address').transform((email) => ({ email, templates: [] as string[] })),
  z.strictObject({
    email: z.email('must be an email address'),
    /** Only notices about these templates. */
    templates: z.array(z.string().min(1)).default([]),
  }),
]);

/** Each account, organization or unit may launch the AMIs; Image Builder's service-linked role gives the permission. */
const shareWith = z.strictObject({
  accounts: z
    .array(z.coerce.string().regex(/^\d{12}$/, 'must be an account id of twelve digits'))
    .default([]),
  organizations: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:organizations::\d{12}:organization\/o-[a-z0-9]{10,32}$/,
          'must be the ARN of an organization',
        ),
    )
    .default([]),
  organizationalUnits: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:organizations::\d{12}:ou\/o-[a-z0-9]{10,32}\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/,
          'must be the ARN of an organizational unit',
        ),
    )
    .default([]),
});

export const configurationSchema = z.strictObject({
  /** Prefix of the stacks' names. */
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,40}$/, 'must be letters, digits and hyphens, beginning with a letter')
    .default('AutoAmi'),
  account: z.coerce
    .string()
    .regex(/^\d{12}$/, 'must be an account id of twelve digits')
    .optional(),
  homeRegion: region,
  /** Where AMIs are built, in this order; only the home region if absent. */
  regions: z.record(region, place).optional(),
  instanceTypes: instanceTypes.default({}),
  mandatoryTags: tags.default({}),
  recipients: z.partialRecord(z.enum(AUDIENCES), z.array(recipient)).default({}),
  /** Policy that a new deployment starts with; a path relative to this file. */
  policy: z.string().min(1).optional(),
  scanIntervalMinutes: z
    .int('must be a whole number of minutes')
    .min(1)
    .max(LONGEST_SCAN_INTERVAL_MINUTES, `must be at most ${LONGEST_SCAN_INTERVAL_MINUTES} minutes`)
    .default(15),
  /** Topics on which vendors announce new images: each message is a hint to look at once. */
  announcementTopics: z
    .array(
      z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, 'must be the ARN of an SNS topic'),
    )
    .default([]),
  /** Parameters of this account that base images may be read from: full names, or with a trailing `*`. */
  baseImageParameters: z
    .array(
      z
        .string()
        .regex(/^\/[\w./-]+\*?$/, 'must be a parameter name beginning with "/", with at most a trailing *'),
    )
    .default(['/auto-ami/base-images/*']),
  amiParameter: z
    .string()
    .regex(AMI_PARAMETER_PATTERN, 'must begin with "/" and contain {template} and {architecture}')
    .regex(/^\/(?!aws|ssm)/i, 'must not begin with /aws or /ssm: Parameter Store keeps those for itself')
    .default(DEFAULT_AMI_PARAMETER),
  /** Who else may launch the AMIs: nobody, if absent. */
  shareWith: shareWith.optional(),
  /** Off where an SSM association of the account collects inventory already: Image Builder's own would fail builds. */
  enhancedImageMetadata: z.boolean('must be true or false').default(true),
  logRetentionDays: z
    .int()
    .refine((days) => RETENTION_DAYS.includes(days), `must be one of ${RETENTION_DAYS.join(', ')}`)
    .default(30),
  /** For the local AWS: plain HTTP, and the deployer's own credentials for assets. */
  local: z.boolean().default(false),
});

/** As written, with defaults filled in. */
export type WrittenConfiguration = z.infer<typeof configurationSchema>;
export type Recipient = z.infer<typeof recipient>;
