/** The same shape without `readonly`: the SDK's types promise not to change what they are given only by habit. */
export type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;

/** A copy that may be changed. */
export function mutable<T>(value: T): Mutable<T> {
  return structuredClone(value) as Mutable<T>;
}
