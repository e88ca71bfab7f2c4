import type { Command } from 'commander';
import { priority as asPriority } from '../arguments.ts';
import { EXIT, type AddLeaf } from '../command.ts';
import { approvedView, prioritizedView } from '../views/changedBuilds.ts';

const WHY = ['--reason <text>', 'why, for the record'] as const;

/** `auto-ami approve`, `prioritize`: people decide about builds that wait. */
export function addDecidingCommands(add: AddLeaf, autoAmi: Command): void {
  add<{ reason?: string }>(autoAmi, {
    usage: 'approve <build>',
    summary: 'let a build that waits for approval go on; for approvers',
    options: (command) => command.option(...WHY),
    run: async ({ client, show }, [id = ''], { reason }) => {
      const answer = await (await client()).call('approve', { id, reason });
      show(answer, approvedView);
      return answer.regionBuilds.some(({ outcome }) => outcome.startsWith('approved'))
        ? EXIT.DONE
        : EXIT.FAILED;
    },
  });
  add<{ priority: number; reason?: string }>(autoAmi, {
    usage: 'prioritize <build>',
    summary: 'move a build that waits, among those that are as urgent',
    options: (command) =>
      command
        .requiredOption('--priority <n>', 'from 0 to 1000, higher goes first', asPriority)
        .option(...WHY),
    run: async ({ client, show }, [id = ''], { priority, reason }) =>
      show(await (await client()).call('prioritize', { id, priority, reason }), prioritizedView),
  });
}
