import { describe, expect, test } from 'vitest';
import { buildDurations, longestBuild } from '../../../src/core/decide/buildDurations.ts';
import { estimateBuild } from '../../../src/core/decide/estimateBuild.ts';
import { HOUR, MINUTE } from '../../../src/core/words.ts';
import { aResolvedTemplate } from '../template/builders.ts';
import { aPolicy } from './builders.ts';

const withMinutes = (maxMinutes: number) =>
  aResolvedTemplate({ build: { strategy: 'build', instanceTypes: {}, maxMinutes } });
const POLICY = aPolicy({ maximumDuration: 3 * HOUR });

describe('how long a build may run', () => {
  test.each<[string, ReturnType<typeof withMinutes> | undefined, number]>([
    ['as the policy says', aResolvedTemplate(), 3 * HOUR],
    ['no longer than its template says', withMinutes(60), HOUR],
    ['no longer than the policy says, whatever its template says', withMinutes(720), 3 * HOUR],
    ['as the policy says, where its template does not resolve', undefined, 3 * HOUR],
  ])('%s', (_, template, longest) => {
    expect(longestBuild(template, POLICY)).toBe(longest);
    const estimated = { template, instanceType: 'm7i.large', durations: [], prices: undefined };
    expect(estimateBuild(estimated, POLICY).maximumDuration).toBe(longest);
  });

  test('bounds what was learned, for requests as for estimates', () => {
    const seen = [50, 60, 70, 170].map((minutes) => minutes * MINUTE);
    const template = withMinutes(90);
    const { p50, p90 } = buildDurations(template, seen, POLICY);
    expect([p50, p90]).toEqual([60 * MINUTE, 90 * MINUTE]);
    const estimated = { template, instanceType: 'm7i.large', durations: seen, prices: undefined };
    expect(estimateBuild(estimated, POLICY)).toMatchObject({ p50, p90 });
  });
});
