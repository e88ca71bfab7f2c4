import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, inject, onTestFinished, test } from 'vitest';
import { CHECKOUT } from '../../../local/aws/checkout.ts';
import { startMiniStack, type LocalAws, type LocalAwsOptions } from '../../../local/aws/ministack.ts';
import { identityOf, isRunning } from '../../../local/aws/processes.ts';
import { anAccount } from './clients.ts';
import { script, temporaryDirectory } from './temporary.ts';

const python = (): string => inject('localAws').python;

async function start(options: LocalAwsOptions): Promise<LocalAws> {
  const aws = await startMiniStack({ python: python(), ...options });
  onTestFinished(() => aws.stop());
  return aws;
}

async function putAndGet(aws: LocalAws): Promise<string | undefined> {
  const ssm = new SSMClient({ endpoint: aws.endpoint, region: 'us-east-1', credentials: anAccount().root });
  await ssm.send(new PutParameterCommand({ Name: 'a', Value: 'b', Type: 'String' }));
  return (await ssm.send(new GetParameterCommand({ Name: 'a' }))).Parameter?.Value;
}

test('runs live beside each other, and one after another on the same port', async () => {
  const localDir = temporaryDirectory();
  const first = await start({ localDir, logFile: join(localDir, 'first.log') });
  const second = await start({ localDir, logFile: join(localDir, 'second.log') });
  expect(await Promise.all([putAndGet(first), putAndGet(second)])).toEqual(['b', 'b']);
  await first.stop();
  expect(identityOf(first.pid)).toBeUndefined();
  const third = await start({ localDir, port: first.port });
  expect(await putAndGet(third)).toBe('b');
  await Promise.all([second.stop(), third.stop(), third.stop()]);
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
});

test('a taken port is named, and nothing is left running', async () => {
  const localDir = temporaryDirectory();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(start({ localDir, port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program.`,
  );
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
});

test('when it ends while starting, the end of its log is told', async () => {
  const localDir = temporaryDirectory();
  const broken = script(join(localDir, 'python'), 'echo "no such module"; exit 3');
  await expect(startMiniStack({ localDir, python: broken })).rejects.toThrow(
    /^The local AWS ended while it was starting\. Its log \(.*ministack\.log\) ends with:\nno such module$/,
  );
  await expect(startMiniStack({ localDir, python: join(localDir, 'nowhere') })).rejects.toThrow(
    'The local AWS could not be started: spawn',
  );
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
});

test('a MiniStack that lacks what the doors replace is refused by name', async () => {
  const localDir = temporaryDirectory();
  const spoil = 'from ministack.services import ssm, ec2\ndel ssm._put_parameter\ndel ec2._images\n';
  writeFileSync(join(localDir, 'sitecustomize.py'), spoil);
  await expect(startMiniStack({ localDir, python: python(), env: { PYTHONPATH: localDir } })).rejects.toThrow(
    /MiniStack 1\.5\.33 lacks ministack\.services\.ssm\._put_parameter, ministack\.services\.ec2\._images, which the local AWS builds on\. Install the version pinned/,
  );
});

test('when it ends by itself later, that is told with the end of its log', async () => {
  const aws = await start({ localDir: temporaryDirectory() });
  process.kill(aws.pid, 'SIGKILL');
  expect(await aws.ended).toMatch(/^The local AWS on http:\/\/127\.0\.0\.1:\d+ ended by itself\./);
});

test('it ends with the process that started it, even by SIGKILL, and the next start cleans up', async () => {
  const localDir = temporaryDirectory();
  const program = `
    import { startMiniStack } from ${JSON.stringify(join(CHECKOUT, 'local/aws/ministack.ts'))};
    const aws = await startMiniStack({ localDir: process.argv[2], python: process.argv[3] });
    console.log(aws.pid);
    setInterval(() => undefined, 1000);`;
  const file = join(localDir, 'owner.mts');
  writeFileSync(file, program);
  const tsx = join(CHECKOUT, 'node_modules', '.bin', 'tsx');
  // tsx runs the program in a child of its own: the group is what a killed terminal would take.
  const owner = spawn(tsx, [file, localDir, python()], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const [said] = (await once(owner.stdout, 'data')) as [Buffer];
  const server = identityOf(Number(said.toString()))!;
  expect(isRunning(server)).toBe(true);
  process.kill(-owner.pid!, 'SIGKILL');
  await expect.poll(() => isRunning(server), { timeout: 5000 }).toBe(false);
  expect(readdirSync(join(localDir, 'run'))).toHaveLength(2);

  const told: string[] = [];
  const next = await start({ localDir, tell: (sentence) => told.push(sentence) });
  expect(told).toEqual(['Cleaned up after a run that was killed: removed its data.']);
  await next.stop();
  expect(readdirSync(join(localDir, 'run'))).toEqual([]);
});

test('its log, its data and its Lambda code stay below the local directory', async () => {
  const localDir = temporaryDirectory();
  const aws = await start({ localDir });
  const run = join(localDir, 'run', `${process.pid}-${aws.port}`);
  expect(existsSync(join(run, 'tmp', `ministack-${aws.port}.pid`))).toBe(true);
  expect(readFileSync(aws.logFile, 'utf8')).toContain(`on http://127.0.0.1:${aws.port}`);
  expect(aws.logFile).toBe(join(localDir, 'log', 'ministack.log'));
});
