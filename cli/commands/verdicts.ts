import type { Command } from 'commander';
import { launches } from '../arguments.ts';
import type { AddLeaf } from '../command.ts';
import { enabledView, templateChangedView, unpausedView } from '../views/templateChanged.ts';

/** `auto-ami enable`, `disable`, `pause`, `unpause`: what people say about a template. */
export function addVerdictCommands(add: AddLeaf, autoAmi: Command): void {
  add<{ reason?: string; popularityThreshold?: number }>(autoAmi, {
    usage: 'enable <template>',
    summary: 'keep a template, and let it be built again',
    options: (command) =>
      command
        .option('--popularity-threshold <launches>', 'from so many on it is popular', launches)
        .option('--reason <text>', 'why, for the record'),
    run: async ({ client, show }, [slug = ''], { reason, popularityThreshold }) =>
      show(await (await client()).call('enableTemplate', { slug, reason, popularityThreshold }), enabledView),
  });
  add<{ reason?: string }>(autoAmi, {
    usage: 'disable <template>',
    summary: 'build nothing for a template until it is enabled; its notices go on',
    options: (command) => command.option('--reason <text>', 'why, for the record'),
    run: async ({ client, show }, [slug = ''], { reason }) =>
      show(await (await client()).call('disableTemplate', { slug, reason }), templateChangedView),
  });
  add<{ reason?: string }>(autoAmi, {
    usage: 'pause <template>',
    summary: 'let what is queued for a template wait, and ask for nothing more',
    options: (command) => command.option('--reason <text>', 'why, for the record'),
    run: async ({ client, show }, [slug = ''], { reason }) =>
      show(await (await client()).call('pauseTemplate', { slug, reason }), templateChangedView),
  });
  add(autoAmi, {
    usage: 'unpause <template>',
    summary: 'end a pause, also one that failures in a row began',
    run: async ({ client, show }, [slug = '']) =>
      show(await (await client()).call('unpauseTemplate', { slug }), unpausedView),
  });
}
