import type { AmiUse } from '../../ports.ts';
import { inOneSentence, isTransientError } from '../awsError.ts';

/** One who uses an AMI, in a phrase such as `instance i-0abc`. */
export interface UsePhrase {
  readonly amiId: string;
  readonly by: string;
}

export type NotKnownYet = AmiUse & { readonly kind: 'not-known-yet' };

/** What passes by itself is asked again another day; everything else is thrown on. */
export async function orNotKnownYet<T>(ask: () => Promise<T>): Promise<T | NotKnownYet> {
  try {
    return await ask();
  } catch (error) {
    if (!isTransientError(error)) throw error;
    return { kind: 'not-known-yet', because: inOneSentence(error) };
  }
}
