/** The package brings no types of its own. */
declare module 'asl-validator' {
  /** Finds what Step Functions would refuse, without asking it. */
  export default function validate(definition: object): {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  };
}
