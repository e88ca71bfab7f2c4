/** Tells what is being done, while it takes long. */
export type Tell = (sentence: string) => void;
