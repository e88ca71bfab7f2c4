/** Who still uses an AMI of ours, as far as AWS tells. */
export type AmiUse =
  /** A phrase each, such as `instance i-0abc`, `launch template lt-0abc` or `account 123456789012, 3 times`. */
  | { readonly kind: 'known'; readonly by: readonly string[] }
  /** A report of other accounts' use was asked for, or AWS did not answer: look again another day. */
  | { readonly kind: 'not-known-yet'; readonly because: string };

/** So many are named; who wants to know all asks EC2. */
const NAMED = 5;

/** Why an AMI may not be taken away yet, in a sentence, always the same for the same users; undefined: nobody uses it. */
export function usersInWords(use: AmiUse): string | undefined {
  if (use.kind === 'not-known-yet') return `nobody knows yet who uses it: ${use.because}`;
  if (use.by.length === 0) return undefined;
  const by = [...use.by].sort();
  const more = by.length - NAMED;
  return `it is still used by ${by.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
