import type { Command } from 'commander';
import { keyAndValue, type KeyAndValue, wholeNumber } from '../arguments.ts';
import type { AddLeaf } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { readBytes, readText } from '../files.ts';
import type { Session } from '../session.ts';
import { changedPolicyView, checkedPolicyView, policyView } from '../views/policy.ts';
import { policyHistoryView } from '../views/policyHistory.ts';
import { preferencesView } from '../views/preferences.ts';

interface ConfigureOptions {
  readonly file?: string;
  readonly set?: readonly KeyAndValue[];
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly all?: boolean;
  readonly history?: boolean;
  readonly limit?: number;
}

/** `auto-ami configure`: shows the policy or its history, checks a file, applies one, or changes single values. */
export function addConfigureCommand(add: AddLeaf, autoAmi: Command): void {
  add<ConfigureOptions>(autoAmi, {
    usage: 'configure',
    summary: 'show the policy, check and apply a policy file, or change single values',
    options: (command) =>
      command
        .option('--file <policy.yaml>', 'apply this file, and show what it changes')
        .option('--set <key=value>', 'change this value alone; may be given several times', keyAndValue)
        .option('--check', 'only say whether the file is right and what it means; needs no AWS')
        .option('--dry-run', 'only show what would change')
        .option('--reason <text>', 'why, for the record')
        .option('--all', 'every key with what it resolves to, defaults included')
        .option('--history', 'who changed what, when and why, newest first')
        .option('--limit <n>', 'so many changes of the history', wholeNumber),
    run: async (session, _, options) => {
      const { file, set, check } = options;
      mustFit(options);
      if (options.history === true) await showHistory(session, options);
      else if (file !== undefined && check === true) await checkFile(session, file, options);
      else if (file !== undefined) await applyFile(session, file, options);
      else if (set !== undefined) await setValues(session, set, options);
      else await showPolicy(session, options);
    },
  });
  add(autoAmi, {
    usage: 'preferences',
    summary: 'what is decided for you and what you are asked: the policy in brief',
    run: async ({ client, show }) => show(await (await client()).call('policy', {}), preferencesView),
  });
}

function mustFit({ file, set, check, dryRun, reason, history, limit }: ConfigureOptions): void {
  const changes = file !== undefined || set !== undefined;
  if (file !== undefined && set !== undefined)
    throw new UsageError('--file gives the whole policy and --set changes single values: use one of them.');
  if (history === true && changes) throw new UsageError('--history only shows: leave out --file and --set.');
  if (limit !== undefined && history !== true) throw new UsageError('--limit is about --history.');
  if (check === true && file === undefined)
    throw new UsageError('--check is about a file: name it by --file.');
  if ((dryRun === true || reason !== undefined) && !changes)
    throw new UsageError('--dry-run and --reason are about a change: name it by --file or --set.');
}

async function showPolicy({ client, show }: Session, { all = false }: ConfigureOptions): Promise<void> {
  const answer = await (await client()).call('policy', {});
  show(answer, (policy, width) => policyView(policy, width, all));
}

async function showHistory({ client, show }: Session, { limit }: ConfigureOptions): Promise<void> {
  show(await (await client()).call('policyHistory', { limit }), policyHistoryView);
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

async function setValues(
  { client, show }: Session,
  set: readonly KeyAndValue[],
  options: ConfigureOptions,
): Promise<void> {
  const said = set.map(({ key, value }) => `${key}=${value}`).join(', ');
  const { reason = said.slice(0, 1000), dryRun = false, all = false } = options;
  const answer = await (await client()).call('changePolicy', { set: [...set], reason, check: dryRun });
  show(answer, (changed, width) => changedPolicyView(changed, width, all));
}
