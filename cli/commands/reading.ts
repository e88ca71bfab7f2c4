import { type Command, Option } from 'commander';
import { NOTIFICATION_TYPES } from '../../src/api/answers.ts';
import { ARCHITECTURES, type Architecture } from '../../src/core/words.ts';
import { wholeNumber } from '../arguments.ts';
import type { AddLeaf } from '../command.ts';
import { baseImagesView, baseImageView } from '../views/baseImages.ts';
import { budgetView } from '../views/budget.ts';
import { buildsView } from '../views/builds.ts';
import { comparisonView } from '../views/comparison.ts';
import { explainView } from '../views/explain.ts';
import { imagesView } from '../views/images.ts';
import { notificationsView } from '../views/notifications.ts';
import { planView } from '../views/plan.ts';
import { queueView } from '../views/queue.ts';
import { securityStatusView } from '../views/securityStatus.ts';
import { staleInstancesView } from '../views/staleInstances.ts';
import { statusView } from '../views/status.ts';
import { templatesView } from '../views/templates.ts';

/**
 * `auto-ami status`, `queue`, `plan`, `budget`, `builds`, `explain`, `images`,
 * `stale-instances`: what is and was.
 */
export function addReadingCommands(add: AddLeaf, autoAmi: Command): void {
  add(autoAmi, {
    usage: 'status',
    summary: 'what is kept, what is going on, what happened',
    run: async ({ client, show }) => show(await (await client()).call('status', {}), statusView),
  });
  add<{ evidence?: boolean }>(autoAmi, {
    usage: 'security-status',
    summary: 'updates of base images: what they fix, which templates lack them, when those are rebuilt',
    options: (command) => command.option('--evidence', 'also packages, and who said so'),
    run: async ({ client, show }, _, { evidence }) =>
      show(
        await (await client()).call('securityStatus', {}),
        securityStatusView({ evidence: evidence === true }),
      ),
  });
  add<{ limit?: number }>(autoAmi, {
    usage: 'queue',
    summary: 'what waits and runs, in the order in which it is served',
    options: (command) => command.option('--limit <n>', 'show at most so many', wholeNumber),
    run: async ({ client, show }, _, { limit }) =>
      show(await (await client()).call('queue', { limit }), queueView),
  });
  add<{ limit?: number }>(autoAmi, {
    usage: 'plan',
    summary:
      'what would be built, promoted and removed next, when, from which pot, at what cost and why; in any mode',
    options: (command) => command.option('--limit <n>', 'show at most so many', wholeNumber),
    run: async ({ client, show }, _, { limit }) =>
      show(await (await client()).call('plan', { limit }), planView),
  });
  add(autoAmi, {
    usage: 'budget',
    summary: 'what each pot holds, what is reserved in it, what is parked until when, and the forecast',
    run: async ({ client, show }) => show(await (await client()).call('budget', {}), budgetView),
  });
  add<{ template?: string; limit?: number }>(autoAmi, {
    usage: 'builds',
    summary: 'builds, newest first',
    options: (command) =>
      command
        .option('--template <slug>', 'only of this template')
        .option('--limit <n>', 'show at most so many', wholeNumber),
    run: async ({ client, show }, _, { template, limit }) =>
      show(await (await client()).call('builds', { template, limit }), buildsView),
  });
  add(autoAmi, {
    usage: 'explain <build>',
    summary: 'the story of a build: why, when, paid from what, and every decision on the way',
    run: async ({ client, show }, [id = '']) =>
      show(await (await client()).call('explain', { id }), explainView),
  });
  add<{ template?: string; all?: boolean }>(autoAmi, {
    usage: 'images',
    summary: 'AMIs by template and place, and when those that gave way are removed',
    options: (command) =>
      command
        .option('--template <slug>', 'only of this template')
        .option('--all', 'also those that failed or are gone'),
    run: async ({ client, show }, _, { template, all }) =>
      show(await (await client()).call('images', { template, all }), imagesView),
  });
  add<{ template?: string }>(autoAmi, {
    usage: 'stale-instances',
    summary: 'instances on older images, with their owners and the fixes they lack; they are never touched',
    options: (command) => command.option('--template <slug>', 'only of this template'),
    run: async ({ client, show }, _, { template }) =>
      show(await (await client()).call('staleInstances', { template }), staleInstancesView),
  });
}

/** `notifications list`. */
export function addNotificationCommands(add: AddLeaf, notifications: Command): void {
  add<{ type?: (typeof NOTIFICATION_TYPES)[number]; limit?: number }>(notifications, {
    usage: 'list',
    summary: 'base images that moved and builds that ended in the last 30 days, newest first',
    options: (command) =>
      command
        .addOption(new Option('--type <type>', 'only these').choices(NOTIFICATION_TYPES))
        .option('--limit <n>', 'show at most so many', wholeNumber),
    run: async ({ client, show }, _, { type, limit }) =>
      show(await (await client()).call('notifications', { type, limit }), notificationsView),
  });
}

/** `templates list`. */
export function addTemplateReadingCommands(add: AddLeaf, templates: Command): void {
  add(templates, {
    usage: 'list',
    summary: 'every template that was applied',
    run: async ({ client, show }) => show(await (await client()).call('templates', {}), templatesView),
  });
}

/** `base-images list`, `show`, `compare`. */
export function addBaseImageCommands(add: AddLeaf, baseImages: Command): void {
  add(baseImages, {
    usage: 'list',
    summary: 'every tracked base image',
    run: async ({ client, show }) => show(await (await client()).call('baseImages', {}), baseImagesView),
  });
  add(baseImages, {
    usage: 'show <base>',
    summary: 'where a base image stands, and its history',
    run: async ({ client, show }, [base = '']) =>
      show(await (await client()).call('baseImage', { base }), baseImageView),
  });
  add<{ architecture?: Architecture }>(baseImages, {
    usage: 'compare <base> <from> <to>',
    summary: 'what an image fixes relative to another: packages, advisories, CVEs; by id, name or release',
    options: (command) =>
      command.addOption(
        new Option('--architecture <architecture>', 'of releases; otherwise the first').choices(
          ARCHITECTURES,
        ),
      ),
    run: async ({ client, show }, [base = '', from = '', to = ''], { architecture }) =>
      show(
        await (await client()).call('compareBaseImages', { base, from, to, architecture }),
        comparisonView,
      ),
  });
}
