import { expect, test } from 'vitest';
import { retriesIn, statesEntered } from '../../../bench/rebuild/executions.ts';

const HISTORY = [
  'ExecutionStarted',
  'TaskStateEntered',
  'TaskScheduled',
  'TaskFailed',
  'TaskScheduled',
  'TaskSucceeded',
  'TaskStateExited',
  'ChoiceStateEntered',
  'ChoiceStateExited',
  'ExecutionSucceeded',
];

test('a transition is a state that is entered; trying again in it is a retry', () => {
  expect(statesEntered(HISTORY)).toBe(2);
  expect(retriesIn(HISTORY)).toBe(1);
  expect(retriesIn([])).toBe(0);
});
