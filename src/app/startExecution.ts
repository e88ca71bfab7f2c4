import { executionName } from '../core/builds/regionBuild.ts';
import type { Services } from '../ports.ts';

/** Gives a queued region build its execution, which then waits for its turn. A doubled event starts nothing more. */
export async function startExecution(
  { regionBuild: id }: { readonly regionBuild: string },
  { regionBuilds, executions }: Pick<Services, 'regionBuilds' | 'executions'>,
): Promise<void> {
  const build = await regionBuilds.get(id);
  if (build?.status !== 'queued') return;
  await executions.start(executionName(build), build.id);
}
