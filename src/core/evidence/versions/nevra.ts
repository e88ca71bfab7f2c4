/** A package as release notes print it. */
export interface NamedVersion {
  readonly name: string;
  /** `[epoch:]version-release`. */
  readonly version: string;
}

/** Name, optional epoch, version and release; version and release have no dash, the name may. */
const PRINTED = /^([A-Za-z0-9][A-Za-z0-9+._-]*)-((?:\d+:)?[A-Za-z0-9][^\s:/-]*-[A-Za-z0-9][^\s:/-]*)$/;

/** Longest text taken for a package. */
const LONGEST = 512;

/** Reads `name-[epoch:]version-release`, such as `kernel-1:6.1.159-182.297.amzn2023`; undefined if it is no such thing. */
export function parseNamedVersion(text: string): NamedVersion | undefined {
  if (text.length > LONGEST) return undefined;
  const [, name, version] = PRINTED.exec(text) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}
