import type { Reading, Spot } from './reading.ts';

/** The part of JSON Schema (draft 2020-12) that readers describe themselves in. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface InnerKey {
  /** Dotted; `*` stands for names the user chooses and for positions in a list. */
  readonly path: string;
  readonly expected: string;
  readonly doc: string;
}

/** How one kind of value is read, and described: to people (`expected`) and to editors (`schema`). */
export interface Reader<T> {
  readonly expected: string;
  readonly schema: JsonSchema;
  /** Every key below this value, for suggestions and the reference. */
  readonly inner?: readonly InnerKey[];
  /** `undefined` after every problem has been noted. */
  read(spot: Spot, reading: Reading): T | undefined;
}

/** A key of a section: how its value is read, and the sentence of documentation editors show. */
export interface Key<T> {
  readonly reader: Reader<T>;
  readonly doc: string;
  readonly required: boolean;
}

export interface RequiredKey<T> extends Key<T> {
  readonly required: true;
}

export interface OptionalKey<T> extends Key<T> {
  readonly required: false;
}

export function key<T>(reader: Reader<T>, doc: string): OptionalKey<T> {
  return { reader, doc, required: false };
}

export function required<T>(reader: Reader<T>, doc: string): RequiredKey<T> {
  return { reader, doc, required: true };
}

/** The inner keys of a value, seen from a level above. */
export function below(step: string, inner: readonly InnerKey[] = []): InnerKey[] {
  return inner.map((key) => ({ ...key, path: `${step}.${key.path}` }));
}

export type Keys = Readonly<Record<string, Key<unknown>>>;

/** What a section is read to: what it says, and nothing else. */
export type Said<K extends Keys> = {
  readonly [P in keyof K as K[P] extends RequiredKey<unknown> ? P : never]: K[P] extends Key<infer T>
    ? T
    : never;
} & {
  readonly [P in keyof K as K[P] extends OptionalKey<unknown> ? P : never]?: K[P] extends Key<infer T>
    ? T
    : never;
};
