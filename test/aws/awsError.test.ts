import { expect, test } from 'vitest';
import { inOneSentence, isNamed, isTransientError, unless } from '../../src/aws/awsError.ts';
import { namedError } from '../../src/memory/nextFaults.ts';

const answered = (name: string, httpStatusCode: number) =>
  Object.assign(namedError(name, 'so it is'), { $metadata: { httpStatusCode } });

test.each([
  [answered('ThrottlingException', 400), true],
  [answered('ServiceQuotaExceededException', 402), true],
  [answered('WhateverException', 429), true],
  [answered('WhateverException', 503), true],
  [namedError('TimeoutError'), true],
  [Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }), true],
  [answered('AccessDeniedException', 403), false],
  [answered('ValidationException', 400), false],
  [Object.assign(new Error('odd'), { $metadata: null }), false],
  ['no error at all', false],
])('%s may pass by itself: %s', (error, transient) => {
  expect(isTransientError(error)).toBe(transient);
});

test('an error that has a meaning is an answer, every other is thrown on', async () => {
  const fails = (name: string) => (): Promise<number> => Promise.reject(namedError(name));
  expect(await unless(['NotFound'], undefined, async () => 1)).toBe(1);
  expect(await unless(['NotFound'], undefined, fails('NotFound'))).toBeUndefined();
  await expect(unless(['NotFound'], undefined, fails('AccessDenied'))).rejects.toThrow('AccessDenied');
});

test('errors are known by their names alone', () => {
  expect(isNamed(namedError('A'), 'B', 'A')).toBe(true);
  expect(isNamed(namedError('A'), 'B')).toBe(false);
  expect(isNamed({ name: 'A' }, 'A')).toBe(false);
});

test('people are told name and sentence', () => {
  expect(inOneSentence(namedError('AccessDenied', 'not for you'))).toBe('AccessDenied: not for you');
  expect(inOneSentence('text')).toBe('text');
});
