import type { Template } from 'aws-cdk-lib/assertions';

/** A statement of a policy, its tokens in words: `<Table.Arn>/index/pending`. */
export interface Statement {
  readonly policy: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface WrittenStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Statement['conditions'];
}

const asList = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Every resource of a template, by logical id. */
export function resourcesOf(template: Template): Readonly<Record<string, Resource>> {
  return (template.toJSON() as { Resources: Record<string, Resource> }).Resources;
}

/** Every statement of identity policies: what roles and holders of managed policies may do. */
export function statementsOf(template: Template): Statement[] {
  return Object.entries(resourcesOf(template))
    .filter(([, { Type }]) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
    .flatMap(([policy, { Properties }]) => {
      const document = Properties['PolicyDocument'] as { Statement: WrittenStatement[] };
      return document.Statement.map((statement) => ({
        policy,
        effect: statement.Effect,
        actions: asList(statement.Action),
        resources: asList(statement.Resource).map(inWords),
        conditions: statement.Condition ?? {},
      }));
    });
}

/** What the roles whose policy's id begins so may do. */
export function actionsOf(template: Template, policyPrefix: string): string[] {
  return statementsOf(template)
    .filter(({ policy }) => policy.startsWith(policyPrefix))
    .flatMap(({ actions }) => actions)
    .sort();
}

/** A value of a template with its references in words. */
export function inWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [kind, inner] = Object.entries(value)[0] ?? [];
  if (kind === 'Ref') return `<${String(inner)}>`;
  if (kind === 'Fn::GetAtt') return `<${(inner as string[]).join('.')}>`;
  if (kind === 'Fn::Join') return (inner as [string, unknown[]])[1].map(inWords).join((inner as [string])[0]);
  return JSON.stringify(value);
}
