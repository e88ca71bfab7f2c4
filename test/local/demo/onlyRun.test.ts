import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identityOf } from '../../../local/aws/processes.ts';
import { beOnlyRun } from '../../../local/demo/onlyRun.ts';
import { temporaryDirectory } from '../aws/temporary.ts';

test('a run is noted, and gone when it is over', async () => {
  const directory = temporaryDirectory();
  const only = await beOnlyRun(directory);
  expect(existsSync(join(directory, 'start.json'))).toBe(true);
  only.release();
  expect(existsSync(join(directory, 'start.json'))).toBe(false);
});

test('a second run is refused while the first is up', async () => {
  const directory = temporaryDirectory();
  const parent = identityOf(process.ppid)!;
  writeFileSync(join(directory, 'start.json'), JSON.stringify(parent));
  await expect(beOnlyRun(directory, 0)).rejects.toThrow(
    `\`npm start\` is up in this checkout already (process ${parent.pid}). Use it from another terminal after \`source .local/aws.env\`, or stop it first.`,
  );
});

test.each([
  ['of a killed run', JSON.stringify({ pid: process.pid, startedAt: 'before' })],
  ['that is broken', '{"pid":'],
])('a note %s does not count', async (_, text) => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'start.json'), text);
  await expect(beOnlyRun(directory, 0)).resolves.toBeDefined();
});
