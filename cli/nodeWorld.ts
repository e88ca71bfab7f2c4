import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { World } from './world.ts';

/** The world of a process. The client, with all of the AWS SDK it needs, is loaded when a command asks for it. */
export function nodeWorld(): World {
  const { stdout, stderr, env } = process;
  // A reader that has seen enough, such as `head`, is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    terminal: stdout.isTTY,
    width: stdout.isTTY ? stdout.columns : Infinity,
    environment: env,
    client: async (identity) => {
      // The SDK's warning about Node's age is for its developers, not for whoever asks for a status.
      env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
      const { apiClient } = await import('../src/api/client.ts');
      return apiClient({ ...identity, environment: env });
    },
    newId: randomUUID,
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    interruptible: () => {
      const controller = new AbortController();
      const interrupt = (): void => controller.abort();
      process.once('SIGINT', interrupt);
      return { signal: controller.signal, dispose: () => void process.off('SIGINT', interrupt) };
    },
  };
}
