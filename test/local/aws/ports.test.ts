import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { choosePort, freePort, LOOPBACK } from '../../../local/aws/ports.ts';

test('a free port can be listened on', async () => {
  const server = createServer().listen(await choosePort(), LOOPBACK);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
});

test('the port asked for is taken when it is free', async () => {
  const port = await freePort();
  expect(await choosePort(port)).toBe(port);
});

test('a taken port is named', async () => {
  const server = createServer().listen(0, LOOPBACK);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(choosePort(port)).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop that program or choose another port.`,
  );
});
