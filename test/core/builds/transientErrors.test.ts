import { expect, test } from 'vitest';
import { isTransient, TRANSIENT_ERRORS, transientKind } from '../../../src/core/builds/transientErrors.ts';

test.each([
  ['CallRateLimitExceededException', 'throttling'],
  ['ThrottlingException', 'throttling'],
  ['Throttling', 'throttling'],
  ['RequestLimitExceeded', 'throttling'],
  ['Lambda.TooManyRequestsException', 'throttling'],
  ['ServiceQuotaExceededException', 'quota'],
  ['VcpuLimitExceeded', 'quota'],
  ['InsufficientInstanceCapacity', 'capacity'],
  ['ServiceException', 'fault'],
  ['ServiceUnavailableException', 'fault'],
  ['InternalServerError', 'fault'],
  ['Lambda.ServiceException', 'fault'],
  ['Lambda.Unknown', 'fault'],
  ['TimeoutError', 'timeout'],
  ['Sandbox.Timedout', 'timeout'],
  ['TryAgain', 'contention'],
  ['ResourceInUseException', 'contention'],
])('%s passes by itself: %s', (error, kind) => {
  expect(transientKind(error)).toBe(kind);
});

test.each([
  'AccessDeniedException',
  'ClientException',
  'ComponentTooLong',
  'ForbiddenException',
  'IdempotentParameterMismatchException',
  'InvalidParameterCombinationException',
  'InvalidParameterValueException',
  'InvalidRequestException',
  'InvalidVersionNumberException',
  'ResourceAlreadyExistsException',
  'ResourceDependencyException',
  'ResourceNotFoundException',
  'States.Timeout',
  'TypeError',
  'UnauthorizedOperation',
  'ValidationException',
  '',
])('%s stays as it is, however often it is tried', (error) => {
  expect(isTransient(error, 'The value supplied for parameter is not valid.')).toBe(false);
});

test.each([
  [
    'capacity',
    'We currently do not have sufficient m7i.large capacity in the Availability Zone you requested (us-east-1a).',
  ],
  ['capacity', 'An error occurred (InsufficientInstanceCapacity) when calling the RunInstances operation'],
  ['quota', 'You have requested more vCPU capacity than your current vCPU limit of 32 allows'],
  ['throttling', "Workflow Execution ID: 'wf-1' failed with reason: Rate exceeded"],
  ['throttling', 'RequestLimitExceeded: Request limit exceeded.'],
  ['timeout', 'connect ECONNREFUSED 10.0.0.1:443'],
])('the reason of a failed image can tell: %s in "%s"', (kind, reason) => {
  expect(transientKind('ImageFailed', reason)).toBe(kind);
});

test.each([
  'Document arn:aws:imagebuilder:us-east-1:111122223333:component/auto-ami-python-ml/1.0.0/1 failed!',
  'SSM Agent verification failed',
  'The Service is Unknown, the disk Unavailable',
  "E: Unable to locate package numpyy; there is no capacity for 'jokes'",
])('a build that is broken is not tried again: %s', (reason) => {
  expect(isTransient('ImageFailed', reason)).toBe(false);
});

test('each name stands for one kind, and none of the permanent errors of Image Builder is among them', () => {
  const names = Object.values(TRANSIENT_ERRORS).flat();
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => /^(Invalid|Access|Forbidden|ResourceNotFound)/.test(name))).toEqual([]);
});
