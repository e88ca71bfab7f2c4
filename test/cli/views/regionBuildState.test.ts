import { describe, expect, test } from 'vitest';
import { stateInWords } from '../../../cli/views/regionBuildState.ts';
import { aRegionBuild, FAILED, MOMENT, NOW, QUEUED, RUNNING, SUCCEEDED } from '../../api/sampleAnswers.ts';

const waits = (because: string) => ({ at: NOW, rule: 'a-rule', because });

describe('a region build in a line', () => {
  test.each([
    ['queued', aRegionBuild()],
    [
      'queued for tonight 02:30 UTC: urgent window opens 02:30 UTC; must start by 19:10 UTC to meet the high deadline',
      QUEUED,
    ],
    ['waits for approval', aRegionBuild({ approval: 'wanted' })],
    [
      'about to start',
      aRegionBuild({ startsAt: NOW, waiting: waits('held: its execution asks for its turn') }),
    ],
    ['held: the mode is observe', aRegionBuild({ waiting: waits('held: the mode is observe') })],
    [
      'queued: off-peak window opens 02:00',
      aRegionBuild({ waiting: waits('waiting: off-peak window opens 02:00') }),
    ],
    ['queued after attempt 3 failed (ImageFailed)', aRegionBuild({ failure: FAILED.failure })],
    ['about to start', aRegionBuild({ status: 'granted' })],
    ['building (TESTING) for 12 minutes, done tonight 22:13 UTC', RUNNING],
    ['building for 12 minutes, attempt 2', { ...RUNNING, imageStatus: null, attempts: 2, endsAt: null }],
    ['ami-0abc123def0000001 94 minutes ago, cost $0.0854', SUCCEEDED],
    [
      'failed 1 hour ago: Component validation failed: pip check found a conflict in numpy (ImageFailed)',
      FAILED,
    ],
    [
      'refused: it costs $80.00 and no pot holds that',
      aRegionBuild({
        status: 'refused',
        failure: { ...FAILED.failure!, reason: 'it costs $80.00 and no pot holds that' },
      }),
    ],
    ['cancelled just now', aRegionBuild({ status: 'cancelled', finishedAt: NOW })],
  ])('%s', (words, build) => expect(stateInWords(build, MOMENT)).toBe(words));
});
