import { expect, test } from 'vitest';
import { problemOf } from '../../../local/demo/outcome.ts';

const EXPECTED = { baseRelease: '2023.9.20251208' };
const ACTIVE = {
  amiId: 'ami-0abc123def0000002',
  baseRelease: '2023.9.20251208',
  publishedAt: '2026-11-24T20:26:10.000Z',
  parameter: '/auto-ami/templates/python-basic/x86_64/ami-id',
};

test('an AMI that is active, on the new release, and in SSM under its name is as it should be', () => {
  expect(problemOf(EXPECTED, ACTIVE, ACTIVE.amiId)).toBeUndefined();
});

test.each([
  [undefined, undefined, 'there is no active AMI'],
  [
    { ...ACTIVE, baseRelease: '2023.9.20251117' },
    ACTIVE.amiId,
    'the active AMI ami-0abc123def0000002 is still built on 2023.9.20251117',
  ],
  [
    ACTIVE,
    'ami-0abc123def0000001',
    '/auto-ami/templates/python-basic/x86_64/ami-id holds ami-0abc123def0000001, not ami-0abc123def0000002',
  ],
  [
    ACTIVE,
    undefined,
    '/auto-ami/templates/python-basic/x86_64/ami-id does not exist, not ami-0abc123def0000002',
  ],
  [
    { ...ACTIVE, publishedAt: null },
    ACTIVE.amiId,
    'ami-0abc123def0000002 is published, and the control API does not know it',
  ],
])('what is wrong with %j, published as %s', (active, published, problem) => {
  expect(problemOf(EXPECTED, active, published)).toBe(problem);
});
