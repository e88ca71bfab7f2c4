import { describe, expect, test } from 'vitest';
import {
  callsByOperation,
  countedSince,
  errorsByOperation,
  type Counts,
} from '../../../bench/rebuild/counts.ts';

const call = (operation: string, count: number, error: string | null = null, caller = 'Dispatch') => ({
  ...{ service: 'dynamodb', operation, caller, error, count },
});

const COUNTS: Counts = {
  calls: [
    call('GetItem', 4),
    call('GetItem', 2, null, 'Notify'),
    call('GetItem', 90, null, 'root'),
    call('TransactWriteItems', 5),
    call('TransactWriteItems', 1, 'TransactionCanceledException: TransactionConflict'),
  ],
  runs: [
    { function: 'notify', error: null, count: 3, seconds: 1.5 },
    { function: 'notify', error: 'TypeError', count: 1, seconds: 0.5 },
  ],
  imageBuilder: { requests: { CreateImage: 3 }, errors: { CallRateLimitExceededException: 1 } },
};

const NOTHING: Counts = { calls: [], runs: [], imageBuilder: { requests: {}, errors: {} } };
const isOurs = (caller: string) => caller !== 'root';

describe('what was counted between two moments', () => {
  test('is all of it after nothing, and nothing after itself', () => {
    expect(countedSince(NOTHING, COUNTS)).toEqual(COUNTS);
    expect(countedSince(COUNTS, COUNTS)).toEqual(NOTHING);
  });

  test('is the difference of each, by caller and error', () => {
    const more: Counts = {
      calls: [call('GetItem', 7), ...COUNTS.calls.slice(1)],
      runs: [{ function: 'notify', error: null, count: 5, seconds: 2.25 }],
      imageBuilder: { requests: { CreateImage: 4, GetImage: 1 }, errors: {} },
    };
    expect(countedSince(COUNTS, more)).toEqual({
      calls: [call('GetItem', 3)],
      runs: [{ function: 'notify', error: null, count: 2, seconds: 0.75 }],
      imageBuilder: { requests: { CreateImage: 1, GetImage: 1 }, errors: {} },
    });
  });
});

test('calls are summed over those who make them, refused ones too', () => {
  expect([...callsByOperation(COUNTS, isOurs)]).toEqual([
    ['dynamodb GetItem', 6],
    ['dynamodb TransactWriteItems', 6],
    ['imagebuilder CreateImage', 3],
  ]);
});

test('refusals are told with their reasons', () => {
  expect([...errorsByOperation(COUNTS, isOurs)]).toEqual([
    ['dynamodb TransactWriteItems: TransactionCanceledException: TransactionConflict', 1],
    ['imagebuilder: CallRateLimitExceededException', 1],
  ]);
});
