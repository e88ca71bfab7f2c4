import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Change } from '../../core/changes.ts';
import {
  isAnnouncement,
  isObservation,
  isRegionBuild,
  isUpdate,
  POLICIES,
  TARGETS,
  TEMPLATES,
} from './keys.ts';
import { recordOf, type Item, type Shape } from './record.ts';
import { ANNOUNCEMENT, OBSERVATION, POLICY, REGION_BUILD, TARGET, TEMPLATE, UPDATE } from './shapes.ts';

/** A record of the stream, as a function gets it: what an item was and what it is, each absent where there was none. */
export interface StreamRecord {
  readonly dynamodb?: { readonly OldImage?: StreamImage; readonly NewImage?: StreamImage };
}
/** Attribute values; the packages that describe them differ only in kinds that we do not store. */
type StreamImage = Readonly<Record<string, object>>;

/** The changes that records of the stream stand for, in their order. */
export function changesOfStream(records: readonly StreamRecord[]): Change[] {
  return records.map(changeOfRecord).filter((change) => change !== undefined);
}

/** The change a record stands for; undefined if nobody acts on such records. Removed items are no changes. */
export function changeOfRecord({ dynamodb }: StreamRecord): Change | undefined {
  const item = itemOf(dynamodb?.NewImage);
  if (item === undefined) return undefined;
  const old = itemOf(dynamodb?.OldImage);
  if (isRegionBuild(item)) return { kind: 'region-build', ...beforeAndAfter(old, item, REGION_BUILD) };
  if (isUpdate(item)) return { kind: 'update', ...beforeAndAfter(old, item, UPDATE) };
  if (isObservation(item)) {
    const { before, after } = beforeAndAfter(old, item, OBSERVATION);
    return before?.seenAt === after.seenAt ? undefined : { kind: 'observation', after };
  }
  if (isAnnouncement(item))
    return old === undefined ? { kind: 'announcement', after: recordOf(item, ANNOUNCEMENT) } : undefined;
  switch (item.pk) {
    case TARGETS:
      return { kind: 'target', ...beforeAndAfter(old, item, TARGET) };
    case TEMPLATES: {
      const { slug, revision } = recordOf(item, TEMPLATE);
      return { kind: 'template', slug, revision };
    }
    case POLICIES: {
      const { version, changedBy } = recordOf(item, POLICY);
      return { kind: 'policy', version, changedBy };
    }
    default:
      return undefined;
  }
}

function beforeAndAfter<T>(old: Item | undefined, item: Item, shape: Shape<T>): { before?: T; after: T } {
  const after = recordOf(item, shape);
  return old === undefined ? { after } : { before: recordOf(old, shape), after };
}

function itemOf(image: StreamImage | undefined): Item | undefined {
  return image && (unmarshall(image as Record<string, AttributeValue>) as Item);
}
