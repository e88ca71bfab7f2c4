import { describe, expect, test } from 'vitest';
import { changesOfStream } from '../../../src/aws/table/changesOfStream.ts';
import type { Change } from '../../../src/core/changes.ts';
import { anAccount } from '../../local/aws/clients.ts';
import { dynamoUnderTest } from './dynamoUnderTest.ts';
import { memoryUnderTest } from './memoryUnderTest.ts';
import { readStream } from './readStream.ts';
import { anObservation } from './records.ts';
import { committed } from './steps.ts';
import { wholeLife } from './wholeLife.ts';

const { root } = anAccount();
const make = dynamoUnderTest(root);

/** DynamoDB keeps the order of the changes of one item, not of one transaction. */
const sorted = (changes: readonly Change[]) =>
  changes.map((change) => JSON.stringify(change, sortKeys)).sort();
function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('changes of the stream', () => {
  test('the stream of DynamoDB tells the same changes as memory', async () => {
    const [dynamo, memory] = [await make(), memoryUnderTest()];
    await wholeLife(dynamo);
    await wholeLife(memory);
    const changes = changesOfStream(await readStream(dynamo.streamArn, root));
    expect(changes).toHaveLength(memory.changes.length);
    expect(sorted(changes)).toEqual(sorted(memory.changes));
  });

  test('each record’s changes come in their order', async () => {
    const dynamo = await make();
    await wholeLife(dynamo);
    const revisions = changesOfStream(await readStream(dynamo.streamArn, root)).flatMap((change) =>
      change.kind === 'region-build' ? [change.after.revision] : [],
    );
    expect(revisions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('lines, slots, pots and work that was done are no changes', async () => {
    const dynamo = await make();
    await committed(dynamo.commits, { kind: 'observation', after: anObservation() });
    await committed(
      dynamo.commits,
      { kind: 'observation-handled', observation: anObservation() },
      { kind: 'explain', regionBuild: 'a', line: { at: 1, rule: 'slots', because: 'all are taken' } },
      { kind: 'take-slot', region: 'us-east-1', slot: 1, regionBuild: 'a', attempt: 1 },
      { kind: 'reserve', pot: 'daily', amount: 1, limit: 1 },
    );
    await committed(dynamo.commits, {
      kind: 'free-slot',
      region: 'us-east-1',
      slot: 1,
      regionBuild: 'a',
      attempt: 1,
    });
    const records = await readStream(dynamo.streamArn, root);
    expect(records.length).toBeGreaterThan(5);
    expect(changesOfStream(records)).toEqual([{ kind: 'observation', after: anObservation() }]);
  });
});
