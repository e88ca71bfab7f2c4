import type { Command } from 'commander';
import type { BuildTemplateAnswer } from '../../src/api/answers.ts';
import { collected, EXIT, type AddLeaf, type Exit } from '../command.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../failure.ts';
import { buildRequestedView, securityUpdateRequestedView } from '../views/buildRequested.ts';
import { explainView } from '../views/explain.ts';
import { watchBuild } from '../watchBuild.ts';

interface BuildOptions {
  readonly urgent?: boolean;
  readonly reason?: string;
  readonly region?: readonly string[];
  readonly force?: boolean;
  readonly wait?: boolean;
  readonly securityUpdate?: boolean;
}

/** `auto-ami build`. */
export function addBuildCommand(add: AddLeaf, autoAmi: Command): void {
  add<BuildOptions>(autoAmi, {
    usage: 'build [template]',
    summary: 'ask for new images of a template, or for every security update that is missing',
    options: (command) =>
      command
        .option('--urgent', 'now, out of any window, from the urgent pot')
        .option('--reason <text>', 'why, for the record')
        .option('--region <name>', 'only there; may be given several times', collected)
        .option('--force', 'also where the image would be the same')
        .option('--wait', 'follow the build to its end; fail if any part of it fails')
        .option('--security-update', 'what is missing of security updates, for the template or for all'),
    run: (session, [slug], options) =>
      options.securityUpdate === true
        ? buildSecurityUpdate(session, slug, options)
        : build(session, slug, options),
  });
}

async function build(session: Session, slug: string | undefined, options: BuildOptions): Promise<Exit> {
  if (slug === undefined) throw new UsageError('Name the template to build, or use --security-update.');
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

async function buildSecurityUpdate(
  session: Session,
  template: string | undefined,
  { urgent, reason, region, force, wait }: BuildOptions,
): Promise<Exit> {
  if (region !== undefined || force === true || wait === true)
    throw new UsageError(
      '--security-update finds out by itself what is missing where: leave out --region, --force and --wait.',
    );
  const client = await session.client();
  const answer = await client.call('buildSecurityUpdate', {
    template,
    urgent,
    reason,
    requestId: session.world.newId(),
  });
  session.show(answer, securityUpdateRequestedView);
  const isDone = answer.refused.length === 0 && answer.builds.every((one) => exitOf(one) === EXIT.DONE);
  return isDone ? EXIT.DONE : EXIT.FAILED;
}

/** A wish that was refused anywhere is not fulfilled. */
function exitOf({ regionBuilds }: BuildTemplateAnswer): Exit {
  return regionBuilds.some(({ outcome }) => outcome === 'refused') ? EXIT.FAILED : EXIT.DONE;
}
