const PLACEHOLDER = /\{\{\s*imagebuilder:(buildDate|buildVersion)\s*\}\}/g;

/** `2026-07-27T18-02-11.345Z`: a colon is not allowed in an AMI name. */
const dateText = (at: number): string => new Date(at).toISOString().replaceAll(':', '-');

/** The AMI name a distribution asks for, its placeholders filled in; without one the recipe's name and the date. */
export function amiName(
  template: string | undefined,
  {
    recipeName,
    buildVersion,
    buildDate,
  }: { readonly recipeName: string; readonly buildVersion: number; readonly buildDate: number },
): string {
  return (template ?? `${recipeName} {{ imagebuilder:buildDate }}`).replace(
    PLACEHOLDER,
    (_text, variable: string) => (variable === 'buildDate' ? dateText(buildDate) : String(buildVersion)),
  );
}
