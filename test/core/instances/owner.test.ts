import { expect, test } from 'vitest';
import { ownerOf } from '../../../src/core/instances/owner.ts';

test.each([
  ['our own tag first', { Owner: 'bob', 'auto-ami:owner': 'ada' }, 'ada', 'auto-ami:owner'],
  ['an owner, however it is written', { OWNER: 'ada', Name: 'analysis' }, 'ada', 'OWNER'],
  ['who created it', { 'created-by': 'ada', Name: 'analysis' }, 'ada', 'created-by'],
  ['who launched it', { Launched_By: 'ada' }, 'ada', 'Launched_By'],
  ['its user', { user: ' ada ' }, 'ada', 'user'],
  ['its name, if nothing tells whose it is', { Name: 'ada-analysis', Project: 'x' }, 'ada-analysis', 'Name'],
  ['what is said, not what is left empty', { Owner: ' ', Name: 'analysis' }, 'analysis', 'Name'],
  ['nobody, if it has no tags', {}, 'unknown', null],
])('an owner is %s', (_, tags, name, tag) => {
  expect(ownerOf({ tags })).toEqual({ name, tag });
});
