import { createServer } from 'node:net';

/** Loopback only: nothing local is reachable from another machine. */
export const LOOPBACK = '127.0.0.1';

/** Binds a port for a moment. `0` lets the system choose. Undefined when the port is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(new Error(`Port ${port} on ${LOOPBACK} cannot be used: ${error.message}.`));
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : undefined);
      });
    });
  });
}

/** A port on loopback that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw new Error(`There is no free port on ${LOOPBACK}.`);
  return port;
}

/**
 * The port asked for, or any free one.
 * @throws Error with a sentence naming the port when it is taken.
 */
export async function choosePort(asked?: number): Promise<number> {
  if (asked === undefined) return freePort();
  const port = await tryPort(asked);
  if (port !== undefined) return port;
  throw new Error(
    `Port ${asked} on ${LOOPBACK} is taken by another program. Stop that program or choose another port.`,
  );
}
