/** `by arn:…: they are away`: who did something, and why if they said so. */
export function byWhom(actor: string, reason: string | undefined): string {
  return `by ${actor}${reason === undefined ? '' : `: ${reason}`}`;
}
