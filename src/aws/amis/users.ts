/** One who uses an AMI, in a phrase such as `instance i-0abc`. */
export interface UsePhrase {
  readonly amiId: string;
  readonly by: string;
}
