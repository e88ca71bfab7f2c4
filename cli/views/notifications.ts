import type { NotificationAnswer, NotificationsAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { ago, counted, when, type Moment } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { placeOf } from './regionBuildState.ts';

const INDENT = '    ';

/** What happened to base images and images lately, as in the specification's session. */
export function notificationsView(answer: NotificationsAnswer, width: number): string[] {
  const { notifications } = answer;
  return [
    'AMI UPDATE NOTIFICATIONS',
    ...(notifications.length === 0 ? ['', 'Nothing in the last 30 days.'] : []),
    ...notifications.flatMap((notification) => [
      '',
      `${heading(notification)} (${ago(notification.at, answer)})`,
      ...lines(notification, answer).flatMap((line) => indented(oneLine(line), width)),
    ]),
  ];
}

function heading({ kind, update }: NotificationAnswer): string {
  switch (kind) {
    case 'base-image-updated':
      if (update?.type === 'security') return '⚠️ Security Update Available';
      return update?.type == null || update.type === 'unknown'
        ? '⚠️ Base Image Updated, what it fixes is not known'
        : `Base Image Updated (${update.type})`;
    case 'build-succeeded':
      return '✓ Compilation Complete';
    case 'build-failed':
      return '✗ Compilation Failed';
  }
}

function lines({ templates, update, build }: NotificationAnswer, moment: Moment): string[] {
  return [
    ...(update === null
      ? []
      : [
          `Base image: ${update.base}, release ${update.release}`,
          ...(update.level === null || update.level === 'none'
            ? []
            : [`Security level: ${update.level.toUpperCase()}`]),
          `Affected templates: ${templates.length === 0 ? 'none' : templates.join(', ')}`,
          ...rebuildLines(update, moment),
        ]),
    ...(build === null
      ? []
      : [
          `Template: ${templates.join(', ')}`,
          `Trigger: ${build.triggers.join(', ')} (${build.because})`,
          ...build.images.map((image) => `New AMI: ${image.amiId} (${placeOf(image)})`),
          ...build.failures.map((failure) => `Failed in ${placeOf(failure)}: ${failure.reason}`),
          `Story: cws templates auto-ami explain ${build.id}`,
        ]),
  ];
}

function rebuildLines(
  { open, startsAt }: NonNullable<NotificationAnswer['update']>,
  moment: Moment,
): string[] {
  if (open === 0) return [];
  const state =
    startsAt === null ? `${counted(open, 'region build')} open` : `starts ${when(startsAt, moment)}`;
  return [`Auto-rebuild: ${state}`, 'Manual rebuild: cws templates auto-ami build --security-update'];
}

function indented(line: string, width: number): string[] {
  return wrap(line, Math.max(24, width - INDENT.length)).map((part) => `${INDENT}${part}`);
}
