/**
 * The rest of AWS as the stand-in sees it: small interfaces, so that its tests need no MiniStack.
 * The real ones are below `ministack/`.
 */

/** One account in one region: the scope of everything Image Builder stores. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export type Tags = Readonly<Record<string, string>>;

/** What the stand-in must know about a parent AMI. */
export interface ParentAmi {
  readonly imageId: string;
  readonly name: string;
  /** As EC2 says it: `x86_64`, `arm64`, `i386`, … */
  readonly architecture: string;
  readonly platform: 'Linux' | 'Windows';
  readonly rootDeviceName: string;
}

export interface NewAmi {
  readonly name: string;
  readonly description?: string;
  readonly architecture: string;
  readonly rootDeviceName: string;
  /** Gibibytes of the root volume. */
  readonly volumeSize: number;
  readonly tags: Tags;
  readonly snapshotTags: Tags;
  /** Accounts that may launch it, and whether everybody may. */
  readonly sharedWith: readonly string[];
  readonly isPublic: boolean;
}

/** An error the downstream service answered with: its sentence becomes the reason of the failed image. */
export class DownstreamError extends Error {
  override readonly name = 'DownstreamError';
}

export interface Ec2Side {
  /** The AMI, if it exists in this region and the account can see it. */
  describeAmi(place: Place, imageId: string): Promise<ParentAmi | undefined>;
  /** Registers an AMI on a snapshot of its own. @throws DownstreamError as EC2 refuses, e.g. a name already taken. */
  registerAmi(place: Place, ami: NewAmi): Promise<{ readonly imageId: string }>;
}

export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

export interface BusSide {
  /** Puts an event on the default bus of the place. */
  put(place: Place, event: BusEvent): Promise<void>;
}

export interface Credential {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

export interface Principal {
  readonly kind: 'principal';
  /** As AWS names the caller in a denial, e.g. `arn:aws:sts::…:assumed-role/Role/session`. */
  readonly callerArn: string;
  /** Whose policies count: the role or the user. */
  readonly policySourceArn: string;
  readonly account: string;
  /** The account's root may do everything. */
  readonly root: boolean;
}

export const CREDENTIAL_ERRORS = [
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidToken',
  'ExpiredTokenException',
] as const;
export type CredentialError = (typeof CREDENTIAL_ERRORS)[number];

/** Why a key is nobody's, in AWS's words. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly code: CredentialError;
  readonly message: string;
}

/** One question to IAM; `context` holds condition keys such as `iam:PassedToService` or `aws:RequestTag/…`. */
export interface IamCheck {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export const DECISIONS = ['allowed', 'implicitDeny', 'explicitDeny'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface IamSide {
  /** Who owns this key. */
  principalOf(credential: Credential): Promise<Principal | Unknown>;
  /** One decision per check, in their order; never asked about a root. */
  decide(principal: Principal, place: Place, checks: readonly IamCheck[]): Promise<readonly Decision[]>;
  /** The roles in an instance profile; `undefined` if there is no such profile. */
  instanceProfile(
    place: Place,
    name: string,
  ): Promise<{ readonly arn: string; readonly roleArns: readonly string[] } | undefined>;
}

export interface SsmSide {
  /** The parameter's value, or `undefined` if there is none. */
  get(place: Place, name: string): Promise<string | undefined>;
  put(
    place: Place,
    parameter: { readonly name: string; readonly value: string; readonly dataType: string },
  ): Promise<void>;
}

export interface S3Side {
  /** The object's text, or `undefined` if bucket or key do not exist. */
  read(place: Place, bucket: string, key: string): Promise<string | undefined>;
}

export interface Sides {
  readonly ec2: Ec2Side;
  readonly bus: BusSide;
  readonly iam: IamSide;
  readonly ssm: SsmSide;
  readonly s3: S3Side;
}
