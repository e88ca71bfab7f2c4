import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identityOf, isRunning, type ProcessIdentity } from '../../../local/aws/processes.ts';
import { openRun, removeLeftovers } from '../../../local/aws/runRecords.ts';
import { temporaryDirectory } from './temporary.ts';

const SLEEP = 'setInterval(() => undefined, 1000)';

async function aProcess(args: readonly string[] = ['-e', SLEEP], detached = false): Promise<ProcessIdentity> {
  const child: ChildProcess = spawn(process.execPath, args, { detached, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return identityOf(child.pid!)!;
}

async function aDeadProcess(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['-e', SLEEP], { stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = identityOf(child.pid!)!;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

/** A run as it is left behind: its record, its directory, and a Lambda process with its code in it. */
async function aRun(localDir: string, owner: ProcessIdentity, server: ProcessIdentity) {
  const directory = join(localDir, 'run', 'left');
  const code = join(directory, 'tmp', 'ministack-lambda-check-1');
  mkdirSync(code, { recursive: true });
  writeFileSync(join(code, '_worker.js'), SLEEP);
  writeFileSync(`${directory}.json`, JSON.stringify({ owner, server, directory }));
  return { directory, lambda: await aProcess([join(code, '_worker.js')]) };
}

test('what a killed run left behind is ended and removed', async () => {
  const localDir = temporaryDirectory();
  const server = await aProcess(undefined, true);
  const { lambda } = await aRun(localDir, await aDeadProcess(), server);
  expect(removeLeftovers(localDir)).toEqual([
    'Cleaned up after a run that was killed: ended the local AWS and 1 Lambda process, removed its data.',
  ]);
  await expect.poll(() => [isRunning(server), isRunning(lambda)]).toEqual([false, false]);
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
  expect(removeLeftovers(localDir)).toEqual([]);
});

test('a run whose owner lives is left alone', async () => {
  const localDir = temporaryDirectory();
  const server = await aProcess(undefined, true);
  const { directory, lambda } = await aRun(localDir, identityOf(process.pid)!, server);
  expect(removeLeftovers(localDir)).toEqual([]);
  expect([isRunning(server), isRunning(lambda), existsSync(directory)]).toEqual([true, true, true]);
});

test('a process that merely has an old number is left alone', async () => {
  const localDir = temporaryDirectory();
  const stranger = await aProcess(undefined, true);
  const recycled = { pid: stranger.pid, startedAt: 'before' };
  const owner = { pid: process.pid, startedAt: 'before' };
  await aRun(localDir, owner, recycled);
  expect(removeLeftovers(localDir)).toEqual([
    'Cleaned up after a run that was killed: ended 1 Lambda process, removed its data.',
  ]);
  expect(isRunning(stranger)).toBe(true);
});

test('a record that cannot be read is removed with its directory', () => {
  const localDir = temporaryDirectory();
  mkdirSync(join(localDir, 'run', 'left', 'tmp'), { recursive: true });
  writeFileSync(join(localDir, 'run', 'left.json'), '{"owner":');
  expect(removeLeftovers(localDir)).toEqual(['Cleaned up after a run that was killed: removed its data.']);
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
});

test('a run is recorded before its directory is there, and both are gone at its end', () => {
  const localDir = temporaryDirectory();
  const run = openRun(localDir, '4566');
  expect(readdirSync(join(localDir, 'run'))).toEqual([`${process.pid}-4566`, `${process.pid}-4566.json`]);
  expect(removeLeftovers(localDir)).toEqual([]);
  run.remove();
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
});
