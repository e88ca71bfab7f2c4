import { Command } from 'commander';
import { version } from '../package.json';
import type { AddLeaf } from './command.ts';
import { addApplyCommand } from './commands/apply.ts';
import { addBuildCommand } from './commands/build.ts';
import { addConfigureCommand } from './commands/configure.ts';
import { addDecidingCommands } from './commands/deciding.ts';
import { addOperatingCommands, addScanCommand } from './commands/operating.ts';
import { addPromotingCommands } from './commands/promoting.ts';
import {
  addBaseImageCommands,
  addNotificationCommands,
  addReadingCommands,
  addTemplateReadingCommands,
} from './commands/reading.ts';
import { addVerdictCommands } from './commands/verdicts.ts';

const FOOTER = `
Environment: AUTO_AMI_API_URL (the control API's address; else it is found by the hub stack's outputs), the ordinary
AWS variables, NO_COLOR. For the local AWS: source .local/aws.env
Exit codes: 0 done, 1 refused or failed, 2 called wrongly.`;

/** The commands there are. `prepare` sees the program before any command copies its settings. */
export function program(add: AddLeaf, prepare: (command: Command) => Command): Command {
  const cws = prepare(new Command('cws'))
    .description('Keeps machine images fresh: what is built, when, why, and from which budget.')
    .version(version, '--version')
    .addHelpText('after', FOOTER);
  const templates = cws.command('templates').description('templates and the images made of them');
  addTemplateReadingCommands(add, templates);
  addApplyCommand(add, templates);
  const autoAmi = templates.command('auto-ami').description('the automatic compilation of templates');
  addReadingCommands(add, autoAmi);
  addBuildCommand(add, autoAmi);
  addOperatingCommands(add, autoAmi);
  addDecidingCommands(add, autoAmi);
  addVerdictCommands(add, autoAmi);
  addPromotingCommands(add, autoAmi);
  addConfigureCommand(add, autoAmi);
  const baseImages = cws.command('base-images').description('tracked upstream OS images');
  addBaseImageCommands(add, baseImages);
  addNotificationCommands(add, cws.command('notifications').description('what happened to images lately'));
  addScanCommand(add, cws);
  return cws;
}
