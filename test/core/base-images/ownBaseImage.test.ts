import { describe, expect, test } from 'vitest';
import { ownBaseImage, ownBaseImageSchema } from '../../../src/core/base-images/ownBaseImage.ts';

const read = (entry: unknown) => ownBaseImage('golden', ownBaseImageSchema.parse(entry));
const problems = (entry: unknown) =>
  ownBaseImageSchema.safeParse(entry).error?.issues.map(({ message }) => message) ?? [];

describe("a policy's own base image", () => {
  test('a golden image in a parameter of the account', () => {
    expect(
      read({
        parameter: '/golden/ubuntu',
        like: 'ubuntu-22.04',
        title: 'Our Ubuntu',
        end_of_life: '2026-12-31',
      }),
    ).toEqual({
      name: 'golden',
      title: 'Our Ubuntu',
      family: 'custom',
      source: { kind: 'own-parameter', names: { x86_64: '/golden/ubuntu' } },
      packageManager: 'apt',
      evidence: ['osv'],
      ecosystems: ['Ubuntu:22.04:LTS'],
      endOfLife: '2026-12-31',
    });
  });

  test('a public parameter for each architecture', () => {
    const names = {
      x86_64: '/aws/service/marketplace/prod-1/latest',
      arm64: '/aws/service/marketplace/prod-2/latest',
    };
    expect(read({ parameter: names }).source).toEqual({ kind: 'parameter', names });
  });

  test('an owner and a name pattern, in some regions', () => {
    expect(read({ owner: 'self', name_pattern: { arm64: 'golden-*' }, regions: ['eu-west-1'] })).toEqual({
      name: 'golden',
      title: 'golden',
      family: 'custom',
      source: { kind: 'filter', owner: 'self', patterns: { arm64: 'golden-*' } },
      regions: { only: ['eu-west-1'] },
      packageManager: 'none',
      evidence: [],
    });
  });

  test.each([
    [{}, 'needs either "parameter", or "owner" and "name_pattern"'],
    [
      { parameter: '/a', owner: 'self', name_pattern: 'golden-*' },
      'needs either "parameter", or "owner" and "name_pattern"',
    ],
    [
      { name_pattern: 'golden-*' },
      'needs "owner" and "name_pattern" together: a name alone would also find copies made by others',
    ],
    [{ owner: '42', name_pattern: 'golden-*' }, 'must be an account number of 12 digits, or "self"'],
    [{ parameter: '/a', end_of_life: '2026-13-45' }, 'must be a date such as 2027-04-30'],
    [{ parameter: '/a', regions: ['Ireland'] }, 'must be a region such as eu-west-1'],
  ])('%j is refused', (entry, message) => {
    expect(problems(entry)).toContain(message);
  });

  test('an unknown key is refused', () => {
    expect(problems({ parameter: '/a', paramter: '/b' })).toHaveLength(1);
  });
});
