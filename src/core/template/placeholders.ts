import type { Rendered } from './yamlCursor.ts';

/**
 * Parameterised CloudWorkstation templates carry Go placeholders: `{{.python_version}}` and
 * `{{if eq .framework "pytorch"}} … {{else if ne .gpu "true"}} … {{else}} … {{end}}`. An image is built with the
 * parameters' defaults, so they are filled in while the file is read. Other Go actions are faults, and so are
 * placeholders nobody defines: half-filled scripts must not be built.
 */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): Rendered {
  const faults: string[] = [];
  const open: Block[] = [];
  let output = '';
  for (const token of tokens(text)) {
    const visible = open.every((block) => block.shown);
    if (token.action === undefined) {
      if (visible) output += token.text;
      continue;
    }
    const action = parseAction(token.action);
    switch (action.kind) {
      case 'value': {
        const value = values.get(action.name);
        if (value === undefined && visible)
          faults.push(`the placeholder {{.${action.name}}} has no default value`);
        if (visible) output += value ?? '';
        break;
      }
      case 'if':
        open.push(branch(holds(action.condition, values)));
        break;
      case 'else': {
        const block = open.pop();
        if (block === undefined) faults.push('{{else}} stands without {{if}}');
        else open.push(nextBranch(block, action.condition === undefined || holds(action.condition, values)));
        break;
      }
      case 'end':
        if (open.pop() === undefined) faults.push('{{end}} stands without {{if}}');
        break;
      case 'unknown':
        faults.push(`the placeholder {{${token.action.trim()}}} is not understood`);
        break;
    }
  }
  if (open.length > 0) faults.push('{{if}} stands without {{end}}');
  return { text: output, faults };
}

/** One if … end: whether the present branch is shown, and whether one was already. */
interface Block {
  readonly shown: boolean;
  readonly taken: boolean;
}

function branch(shown: boolean): Block {
  return { shown, taken: shown };
}

function nextBranch(block: Block, holds: boolean): Block {
  const shown = !block.taken && holds;
  return { shown, taken: block.taken || shown };
}

interface Token {
  readonly text: string;
  readonly action?: string;
}

/** Splits at `{{…}}`; `{{-` and `-}}` take the white space on their side with them, as Go's do. */
function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  let rest = 0;
  let trim = false;
  for (;;) {
    const start = text.indexOf('{{', rest);
    const end = start === -1 ? -1 : text.indexOf('}}', start);
    const between = text.slice(rest, end === -1 ? undefined : start);
    const literal = trim ? between.trimStart() : between;
    if (end === -1) return [...found, { text: literal }];
    const inner = text.slice(start + 2, end);
    found.push({ text: inner.startsWith('- ') ? literal.trimEnd() : literal });
    found.push({ text: '', action: inner.replace(/^- /, '').replace(/ -$/, '') });
    trim = inner.endsWith(' -');
    rest = end + 2;
  }
}

interface Condition {
  readonly test: 'eq' | 'ne' | 'truth';
  readonly name: string;
  readonly literal: string;
}

type Action =
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'if'; readonly condition: Condition }
  | { readonly kind: 'else'; readonly condition?: Condition }
  | { readonly kind: 'end' }
  | { readonly kind: 'unknown' };

function parseAction(written: string): Action {
  const text = written.trim();
  if (text === 'end') return { kind: 'end' };
  if (text === 'else') return { kind: 'else' };
  const value = /^\.(\w+)$/.exec(text)?.[1];
  if (value !== undefined) return { kind: 'value', name: value };
  const match = /^(if|else if)\s+(?:(eq|ne)\s+\.(\w+)\s+"([^"]*)"|\.(\w+))$/.exec(text);
  if (match === null) return { kind: 'unknown' };
  const test = match[2] === 'eq' || match[2] === 'ne' ? match[2] : 'truth';
  const condition: Condition = { test, name: match[3] ?? match[5] ?? '', literal: match[4] ?? '' };
  return { kind: match[1] === 'if' ? 'if' : 'else', condition };
}

/** Go's truth for the strings parameters are: empty is false; and so is a boolean parameter that is off. */
function holds({ test, name, literal }: Condition, values: ReadonlyMap<string, string>): boolean {
  const value = values.get(name) ?? '';
  switch (test) {
    case 'eq':
      return value === literal;
    case 'ne':
      return value !== literal;
    case 'truth':
      return value !== '' && value !== 'false';
  }
}
