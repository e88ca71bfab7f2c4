import { Interrupted, type Lifetime } from './lifetime.ts';

const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Ends the run on Ctrl-C, when it is told to end, when its terminal is closed, and when the npm that started it is
 * gone: npm killed outright cannot pass that on. A second signal ends the process at once.
 * @returns undoes it
 */
export function endOnSignals({ signal, end }: Lifetime, env: NodeJS.ProcessEnv): () => void {
  const receive = (name: keyof typeof CODES): void => {
    if (signal.aborted) process.exit(CODES[name]);
    end(new Interrupted('Stopping.', CODES[name]));
  };
  const names = Object.keys(CODES) as (keyof typeof CODES)[];
  names.forEach((name) => process.on(name, receive));

  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end(new Interrupted('The npm that started this run is gone: stopping.', 1));
  }, 500);
  watch.unref();
  if (env['npm_lifecycle_event'] === undefined) clearInterval(watch);
  return () => {
    clearInterval(watch);
    names.forEach((name) => process.off(name, receive));
  };
}
