import type { Command } from 'commander';
import type { BuildTemplateAnswer } from '../../src/api/answers.ts';
import { collected, EXIT, type AddLeaf, type Exit } from '../command.ts';
import type { Session } from '../session.ts';
import { buildRequestedView } from '../views/buildRequested.ts';
import { explainView } from '../views/explain.ts';
import { watchBuild } from '../watchBuild.ts';

interface BuildOptions {
  readonly urgent?: boolean;
  readonly reason?: string;
  readonly region?: readonly string[];
  readonly force?: boolean;
  readonly wait?: boolean;
}

/** `auto-ami build`. */
export function addBuildCommand(add: AddLeaf, autoAmi: Command): void {
  add<BuildOptions>(autoAmi, {
    usage: 'build <template>',
    summary: 'ask for new images of a template',
    options: (command) =>
      command
        .option('--urgent', 'now, out of any window, from the urgent pot')
        .option('--reason <text>', 'why, for the record')
        .option('--region <name>', 'only there; may be given several times', collected)
        .option('--force', 'also where the image would be the same')
        .option('--wait', 'follow the build to its end; fail if any part of it fails'),
    run: build,
  });
}

async function build(session: Session, [slug = '']: readonly string[], options: BuildOptions): Promise<Exit> {
  const client = await session.client();
  const requested = await client.call('buildTemplate', {
    slug,
    urgent: options.urgent,
    reason: options.reason,
    regions: options.region === undefined ? undefined : [...options.region],
    force: options.force,
    requestId: session.world.newId(),
  });
  if (options.wait !== true || requested.build === null) {
    session.show(requested, buildRequestedView);
    return exitOf(requested);
  }
  if (!session.json) session.show(requested, buildRequestedView);
  const watched = await watchBuild(requested.build, client, session);
  if (watched.finished === null) return EXIT.INTERRUPTED;
  session.show({ requested, finished: watched.finished }, ({ finished }, width) => [
    '',
    ...explainView(finished, width),
  ]);
  return watched.succeeded ? exitOf(requested) : EXIT.FAILED;
}

/** A wish that was refused anywhere is not fulfilled. */
function exitOf({ regionBuilds }: BuildTemplateAnswer): Exit {
  return regionBuilds.some(({ outcome }) => outcome === 'refused') ? EXIT.FAILED : EXIT.DONE;
}
