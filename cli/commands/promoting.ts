import type { Command } from 'commander';
import type { ActiveAmiAnswer } from '../../src/api/answers.ts';
import { collected, EXIT, type AddLeaf, type Exit } from '../command.ts';
import type { Session } from '../session.ts';
import { promotedView, rolledBackView } from '../views/activeAmi.ts';

interface Options {
  readonly region?: readonly string[];
  readonly reason?: string;
}

const where = (command: Command): Command =>
  command
    .option('--region <name>', 'only there; may be given several times', collected)
    .option('--reason <text>', 'why, for the record');

/** `auto-ami promote`, `rollback`: which AMI is the active one. */
export function addPromotingCommands(add: AddLeaf, autoAmi: Command): void {
  add<Options>(autoAmi, {
    usage: 'promote <template>',
    summary: 'make the candidates of a template its active images now',
    options: where,
    run: (session, [slug = ''], options) => change('promote', session, slug, options),
  });
  add<Options>(autoAmi, {
    usage: 'rollback <template>',
    summary: 'go back to the images before the active ones, and block those',
    options: where,
    run: (session, [slug = ''], options) => change('rollback', session, slug, options),
  });
}

const VIEWS = { promote: promotedView, rollback: rolledBackView } as const;

async function change(
  what: 'promote' | 'rollback',
  session: Session,
  slug: string,
  { region, reason }: Options,
): Promise<Exit> {
  const client = await session.client();
  const regions = region === undefined ? undefined : [...region];
  const answer: ActiveAmiAnswer = await client.call(what, { slug, regions, reason });
  session.show(answer, VIEWS[what]);
  return answer.places.some(({ amiId }) => amiId !== null) ? EXIT.DONE : EXIT.FAILED;
}
