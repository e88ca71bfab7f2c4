import type { ImageFaults } from '../faults.ts';
import { CANCEL, runImageBuild } from './imageBuild.ts';
import type { BuildContext } from './imageBuild.ts';
import type { RegionStore } from '../resources/store.ts';

/** The builds under way in this process. */
export interface ImageBuilds {
  start(store: RegionStore, arn: string, faults: ImageFaults): void;
  /** Stops a build; its image becomes CANCELLED a little later. */
  cancel(arn: string): void;
  /** Forgets all builds without a trace in their images, and waits until their last event is out. */
  stop(): Promise<void>;
}

export function imageBuilds(
  context: Pick<BuildContext, 'sides' | 'timing' | 'now' | 'wait' | 'report'>,
): ImageBuilds {
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  return {
    start(store, arn, faults) {
      const controller = new AbortController();
      const done = runImageBuild(arn, { ...context, store, faults, signal: controller.signal })
        .catch((error: unknown) => context.report(`The build of ${arn} broke: ${String(error)}`))
        .finally(() => running.delete(arn));
      running.set(arn, { controller, done });
    },
    cancel(arn) {
      running.get(arn)?.controller.abort(CANCEL);
    },
    async stop() {
      const builds = [...running.values()];
      for (const { controller } of builds) controller.abort('stop');
      await Promise.all(builds.map(({ done }) => done));
    },
  };
}
