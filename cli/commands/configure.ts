import type { Command } from 'commander';
import type { AddLeaf } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { readBytes, readText } from '../files.ts';
import type { Session } from '../session.ts';
import { changedPolicyView, checkedPolicyView, policyView } from '../views/policy.ts';

interface ConfigureOptions {
  readonly file?: string;
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly all?: boolean;
}

/** `auto-ami configure`: shows the policy, checks a file, or applies one. */
export function addConfigureCommand(add: AddLeaf, autoAmi: Command): void {
  add<ConfigureOptions>(autoAmi, {
    usage: 'configure',
    summary: 'show the policy, or check and apply a policy file',
    options: (command) =>
      command
        .option('--file <policy.yaml>', 'apply this file, and show what it changes')
        .option('--check', 'only say whether the file is right and what it means; needs no AWS')
        .option('--dry-run', 'only show what the file would change')
        .option('--reason <text>', 'why, for the record')
        .option('--all', 'every key with what it resolves to, defaults included'),
    run: async (session, _, options) => {
      if (options.file === undefined) await showPolicy(session, options);
      else if (options.check === true) await checkFile(session, options.file, options);
      else await applyFile(session, options.file, options);
    },
  });
}

async function showPolicy(
  { client, show }: Session,
  { check, dryRun, reason, all = false }: ConfigureOptions,
): Promise<void> {
  if (check === true || dryRun === true || reason !== undefined)
    throw new UsageError('--check, --dry-run and --reason are about a file: name it by --file.');
  const answer = await (await client()).call('policy', {});
  show(answer, (policy, width) => policyView(policy, width, all));
}

async function checkFile({ show }: Session, file: string, { all = false }: ConfigureOptions): Promise<void> {
  const [bytes, { checkPolicy }] = await Promise.all([readBytes(file), import('../checkPolicy.ts')]);
  const checked = checkPolicy(bytes, file);
  if (!checked.ok)
    throw new Failure('invalid', `${file} is not a policy; nothing was changed.`, checked.problems);
  show(checked.answer, (answer, width) => checkedPolicyView(file, answer, width, all));
}

async function applyFile({ client, show }: Session, file: string, options: ConfigureOptions): Promise<void> {
  const { reason = `from ${file}`, dryRun = false, all = false } = options;
  const text = await readText(file);
  const answer = await (await client()).call('changePolicy', { text, file, reason, check: dryRun });
  show(answer, (changed, width) => changedPolicyView(changed, width, all));
}
