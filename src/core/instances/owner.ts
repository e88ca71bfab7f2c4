import type { Instance } from './instance.ts';

/** Whose an instance is, as far as its tags tell. */
export interface InstanceOwner {
  readonly name: string;
  /** The tag that says so; `null`: none does. */
  readonly tag: string | null;
}

/** Keys that people and tools write an owner under, most telling first, however they are written. */
const OWNER_TAGS = ['autoami:owner', 'owner', 'createdby', 'launchedby', 'user'];
const NAME_TAG = 'name';
export const UNKNOWN_OWNER = 'unknown';

/**
 * Who is to be asked about an instance: what a tag says of its owner, else the instance's own name, which its owner
 * knows it by.
 */
export function ownerOf({ tags }: Pick<Instance, 'tags'>): InstanceOwner {
  for (const wanted of [...OWNER_TAGS, NAME_TAG])
    for (const [tag, value] of Object.entries(tags))
      if (plain(tag) === wanted && value.trim() !== '') return { name: value.trim(), tag };
  return { name: UNKNOWN_OWNER, tag: null };
}

/** `Created-By`, `created_by` and `CreatedBy` are one key. */
function plain(tag: string): string {
  return tag.toLowerCase().replaceAll(/[-_ ]/g, '');
}
