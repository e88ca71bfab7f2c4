import { describe, expect, test } from 'vitest';
import { rebuildReport, type Rebuilt } from '../../../bench/rebuild/figures.ts';

const REBUILT: Rebuilt = {
  seconds: 30,
  volume: { regionBuilds: 2, builds: 1, regions: 2, once: 1 },
  executions: { entered: [6, 7], retries: 1, unfinished: [] },
  names: new Map([
    ['HubDispatchRole1', 'dispatch-builds'],
    ['HubControlApiRole1', 'control-api'],
    ['HubNotify1', 'notify'],
  ]),
  memory: { largest: 90, together: 300, processes: 4 },
  deadLetters: [],
  counts: {
    calls: [
      { service: 'dynamodb', operation: 'GetItem', caller: 'HubDispatchRole1', error: null, count: 5 },
      { service: 'dynamodb', operation: 'GetItem', caller: 'HubControlApiRole1', error: null, count: 80 },
      { service: 'ssm', operation: 'PutParameter', caller: 'root', error: null, count: 4 },
    ],
    runs: [
      { function: 'HubNotify1', error: null, count: 3, seconds: 1 },
      { function: 'HubNotify1', error: 'SentElsewhere', count: 1, seconds: 1 },
    ],
    imageBuilder: { requests: { CreateImage: 2 }, errors: {} },
  },
};

const figureOf = (rebuilt: Rebuilt, name: string) =>
  rebuildReport(rebuilt)
    .groups.flatMap(({ figures }) => figures)
    .find((figure) => figure.name === name);

describe('the report of a rebuild', () => {
  test('counts the loop alone: neither who looks at it nor who plays AWS', () => {
    expect(figureOf(REBUILT, 'dynamodb GetItem')).toMatchObject({ value: 5, floor: 12 });
    expect(figureOf(REBUILT, 'ssm PutParameter')).toMatchObject({ value: 0, floor: 2 });
    expect(figureOf(REBUILT, 'dispatch-builds: dynamodb GetItem')).toMatchObject({ value: 5 });
  });

  test('has no problem if everything ended well; to ask to be run again is none', () => {
    expect(rebuildReport(REBUILT).problems).toEqual([]);
    expect(figureOf(REBUILT, 'notify: SentElsewhere')).toMatchObject({ value: 1 });
  });

  test('tells what failed: functions, executions, dead letters, and what never began', () => {
    const { counts, executions } = REBUILT;
    const failed = { function: 'HubNotify1', error: 'TypeError', count: 2, seconds: 1 };
    const { problems } = rebuildReport({
      ...REBUILT,
      counts: { ...counts, runs: [failed] },
      executions: { ...executions, entered: [6], unfinished: ['a-1: FAILED'] },
      deadLetters: ['3 dead letters in Loop'],
    });
    expect(problems).toEqual([
      'a-1: FAILED',
      '1 executions for 2 region builds',
      '3 dead letters in Loop',
      'notify ended 2 times with TypeError',
    ]);
  });
});
