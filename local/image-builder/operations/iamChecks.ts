import type { IamCheck, Place, Tags } from '../sides.ts';

/** Builders of the questions asked of IAM; which operation asks which is in the table of operations. */

type Context = Record<string, string | readonly string[]>;

const tagContext = (prefix: string, tags: Tags): Context =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));

const requestTags = (tags: Tags | undefined): Context =>
  tags === undefined ? {} : { ...tagContext('aws:RequestTag', tags), 'aws:TagKeys': Object.keys(tags) };

/** An action on a resource that exists, with its tags. */
export const onResource = (
  action: string,
  resource: string,
  tags: Tags = {},
  extra: Context = {},
): IamCheck => ({
  action: `imagebuilder:${action}`,
  resource,
  context: { ...tagContext('aws:ResourceTag', tags), ...extra },
});

/** An action that creates `resource`; with tags in the request AWS asks for TagResource too. */
export const creating = (
  action: string,
  resource: string,
  tags: Tags | undefined,
  extra: Context = {},
): readonly IamCheck[] => [
  { action: `imagebuilder:${action}`, resource, context: { ...requestTags(tags), ...extra } },
  ...(tags === undefined
    ? []
    : [{ action: 'imagebuilder:TagResource', resource, context: requestTags(tags) }]),
];

export const tagging = (
  action: 'TagResource' | 'UntagResource',
  resource: string,
  current: Tags,
  keys: readonly string[],
  tags?: Tags,
): IamCheck => onResource(action, resource, current, { ...requestTags(tags), 'aws:TagKeys': keys });

/** Lists have no resource-level permissions; denials name `<kind>/*` of the account. */
export const listing = (action: string, kind: string, { account, region }: Place): IamCheck => ({
  action: `imagebuilder:${action}`,
  resource: `arn:aws:imagebuilder:${region}:${account}:${kind}/*`,
});

export const other = (action: string, resource = '*', context: Context = {}): IamCheck => ({
  action,
  resource,
  context,
});

export const passRole = (
  roleArn: string,
  service: 'ec2.amazonaws.com' | 'imagebuilder.amazonaws.com' | 'vmie.amazonaws.com',
): IamCheck => other('iam:PassRole', roleArn, { 'iam:PassedToService': service });

/**
 * CreateImage makes the service-linked role if the account has none. It is always asked for here, as in a fresh account:
 * a permission that is missing cannot hide behind who called first.
 */
export const serviceLinkedRole = ({ account }: Place): IamCheck =>
  other(
    'iam:CreateServiceLinkedRole',
    `arn:aws:iam::${account}:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`,
    { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' },
  );

/** A role given by name or ARN. */
export const roleArnOf = (nameOrArn: string, { account }: Place): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:iam::${account}:role/${nameOrArn}`;
