import { Argument, type Command } from 'commander';
import type { ScanStartedAnswer } from '../../src/api/answers.ts';
import { MODES, type Mode } from '../../src/core/words.ts';
import { EXIT, type AddLeaf, type Exit } from '../command.ts';
import type { Session } from '../session.ts';
import { cancelledView } from '../views/cancelled.ts';
import { modeView } from '../views/mode.ts';

interface ModeOptions {
  readonly template?: string;
  readonly reason?: string;
  readonly cancelRunning?: boolean;
}

const forWhom = (command: Command): Command =>
  command
    .option('--template <slug>', 'only for this template; otherwise for all')
    .option('--reason <text>', 'why, for the record');

/** `auto-ami mode`, `stop`, `cancel`: hands on the wheel. */
export function addOperatingCommands(add: AddLeaf, autoAmi: Command): void {
  add<ModeOptions>(autoAmi, {
    usage: 'mode',
    summary: 'let it observe, propose or act, or stop it',
    options: (command) =>
      forWhom(command.addArgument(new Argument('<mode>', 'what it may do').choices(MODES))),
    run: async (session, [mode], options) => {
      const known = MODES.find((candidate) => candidate === mode);
      if (known !== undefined) await changeMode(session, known, options);
    },
  });
  add<ModeOptions>(autoAmi, {
    usage: 'stop',
    summary: 'touch nothing any more, within a minute',
    options: (command) => forWhom(command).option('--cancel-running', 'also cancel what runs'),
    run: (session, _, options) => changeMode(session, 'stopped', options),
  });
  add<{ reason?: string }>(autoAmi, {
    usage: 'cancel <build>',
    summary: 'end a build, or one region build of it, that waits or runs',
    options: (command) => command.option('--reason <text>', 'why, for the record'),
    run: cancel,
  });
}

async function changeMode(
  session: Session,
  mode: Mode,
  { template, reason, cancelRunning }: ModeOptions,
): Promise<void> {
  const client = await session.client();
  session.show(await client.call('mode', { mode, template, reason, cancelRunning }), modeView);
}

async function cancel(
  session: Session,
  [id = '']: readonly string[],
  { reason }: { reason?: string },
): Promise<Exit> {
  const client = await session.client();
  const answer = await client.call('cancel', { id, reason });
  session.show(answer, cancelledView);
  return answer.regionBuilds.some(({ outcome }) => outcome === 'cancelled') ? EXIT.DONE : EXIT.FAILED;
}

/** `scan`. */
export function addScanCommand(add: AddLeaf, program: Command): void {
  add(program, {
    usage: 'scan',
    summary: 'look for new base images now',
    run: async ({ client, show }) => show(await (await client()).call('scan', {}), scanView),
  });
}

function scanView({ started }: ScanStartedAnswer): string[] {
  return [
    `${started ? 'Scan started' : 'A scan is running already'}: \`cws base-images list\` shows what it finds.`,
  ];
}
