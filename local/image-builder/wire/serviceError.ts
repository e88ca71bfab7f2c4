/** Every error EC2 Image Builder answers with, and its HTTP status (service model 2019-12-02, and the signing errors of every AWS API). */
export const ERROR_STATUS = {
  AccessDeniedException: 403,
  CallRateLimitExceededException: 429,
  ClientException: 400,
  DryRunOperationException: 412,
  ExpiredTokenException: 403,
  ForbiddenException: 403,
  IdempotentParameterMismatchException: 400,
  IncompleteSignatureException: 403,
  InvalidClientTokenId: 403,
  InvalidPaginationTokenException: 400,
  InvalidParameterCombinationException: 400,
  InvalidParameterException: 400,
  InvalidParameterValueException: 400,
  InvalidRequestException: 400,
  InvalidSignatureException: 403,
  InvalidToken: 403,
  InvalidVersionNumberException: 400,
  MissingAuthenticationTokenException: 403,
  ResourceAlreadyExistsException: 400,
  ResourceDependencyException: 400,
  ResourceInUseException: 400,
  ResourceNotFoundException: 404,
  ServiceException: 500,
  ServiceQuotaExceededException: 402,
  ServiceUnavailableException: 503,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** An answer that is an error: `code` goes into `x-amzn-errortype`, `message` into the body. */
export class ServiceError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** `The value supplied for parameter 'x' is not valid. …`: the service's own opening for every rejected value. */
export const invalidValue = (parameter: string, why: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', notValid(parameter, why));

/** Two parameters that do not fit together; the service opens these as it does a single bad value. */
export const invalidCombination = (parameter: string, why: string): ServiceError =>
  new ServiceError('InvalidParameterCombinationException', notValid(parameter, why));

export const notValid = (parameter: string, why: string): string =>
  `The value supplied for parameter '${parameter}' is not valid. ${why}`;

/** Kinds as the service spells them in `The following resource '…' already exists`. */
export type ResourceKind =
  'Component' | 'ImageRecipe' | 'InfrastructureConfiguration' | 'DistributionConfiguration';

export const alreadyExists = (kind: ResourceKind, arn: string): ServiceError =>
  new ServiceError(
    'ResourceAlreadyExistsException',
    `The following resource '${kind}' already exists: '${arn}'.`,
  );

export const hasDependents = (arn: string): ServiceError =>
  new ServiceError(
    'ResourceDependencyException',
    `Resource dependency error: The resource ARN '${arn}' has other resources depended on it.`,
  );

export const notFound = (arn: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `The resource ARN '${arn}' does not exist.`);

export const quotaExceeded = (what: string, limit: number): ServiceError =>
  new ServiceError(
    'ServiceQuotaExceededException',
    `You have reached the limit of ${limit} ${what} for this account in this Region.`,
  );
