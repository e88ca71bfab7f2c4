import { isNamed } from '../awsError.ts';

/** What a resource is after it was asked for: made now, or there before. */
export interface Created {
  readonly arn: string;
  readonly existed: boolean;
}

/**
 * Makes a resource unless it is there.
 * @param create answers the ARN of the new resource
 * @param existing the ARN it has if it is there already
 */
export async function createOnce(
  create: () => Promise<string | undefined>,
  existing: () => Promise<string>,
): Promise<Created> {
  try {
    const arn = await create();
    return { arn: arn ?? (await existing()), existed: false };
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error;
    return { arn: await existing(), existed: true };
  }
}
