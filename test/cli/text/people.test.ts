import { expect, test } from 'vitest';
import { withShortNames } from '../../../cli/text/people.ts';

test.each([
  ['a role', 'arn:aws:sts::111122223333:assumed-role/operators/ada', 'operators/ada'],
  ['a user', 'arn:aws-us-gov:iam::111122223333:user/ada', 'ada'],
  ['in a sentence', 'cancelled by arn:aws:iam::111122223333:user/ada: no', 'cancelled by ada: no'],
  ['the account itself', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
  ['what is no identity', 'arn:aws:imagebuilder:us-east-1:111122223333:image/a/1.0.0/1', undefined],
])('%s', (_, arn, name) => {
  expect(withShortNames({ deep: [{ by: arn }] })).toEqual({ deep: [{ by: name ?? arn }] });
});
