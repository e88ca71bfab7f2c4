import type { Instant } from '../../core/words.ts';
import type { BuildMemberWrite, ExplanationWrite } from '../../core/writes.ts';
import type { Action } from './action.ts';
import { buildKey, buildOfTemplateKey, lastLineKey, lineKey } from './keys.ts';
import { put } from './operations.ts';

/** Lines of one region build: an item each in its story, and the last one where the queue is read. */
export function lineActions(id: string, writes: readonly ExplanationWrite[], writtenAt: Instant): Action[] {
  return [
    ...writes.map((write, place) => ({
      writes: [write],
      operation: put(lineKey(id, { ...write.line, writtenAt, place }), write.line),
    })),
    ...writes.slice(-1).map((write) => ({ writes: [write], operation: put(lastLineKey(id), write.line) })),
  ];
}

/**
 * Region builds join a build: the first one says what it is. It is kept by its id, and named among the builds of its
 * template under each time that was given for it; readers go by the build's own.
 */
export function memberActions(build: string, writes: readonly BuildMemberWrite[]): Action[] {
  const [first] = writes;
  if (first === undefined) return [];
  const { template, because, requestedAt } = first;
  const times = new Map(writes.map((write) => [write.requestedAt, write]));
  return [
    {
      writes,
      operation: {
        Update: {
          Key: { ...buildKey(build) },
          UpdateExpression:
            'SET id = :id, #template = if_not_exists(#template, :template), because = if_not_exists(because, :because), requestedAt = if_not_exists(requestedAt, :requestedAt) ADD regionBuilds :regionBuilds',
          ExpressionAttributeNames: { '#template': 'template' },
          ExpressionAttributeValues: {
            ':id': build,
            ':template': template,
            ':because': because,
            ':requestedAt': requestedAt,
            ':regionBuilds': new Set(writes.map(({ regionBuild }) => regionBuild)),
          },
        },
      },
    },
    ...[...times].map(([at, write]) => ({
      writes: [write],
      operation: put(buildOfTemplateKey(write.template, at, build), { id: build, requestedAt: at }),
    })),
  ];
}
