import { AwsError } from '../core/aws-error.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { isJsonPath, valueAt } from './json-path.ts';
import type { Rule } from './rule.ts';
import type { Target } from './target-shape.ts';

type InputSettings = Pick<Target, 'Id' | 'Input' | 'InputPath' | 'InputTransformer'>;

/**
 * What a target gets: the event, or what its Input, InputPath or InputTransformer makes of it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function targetInput(
  target: InputSettings,
  event: EventEnvelope,
  rule: Rule,
  ingestedMs: number,
): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(event, target.InputPath)) ?? 'null';
  if (target.InputTransformer === undefined) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate } = target.InputTransformer;
  const variables = new Map<string, unknown>([
    ['aws.events.rule-arn', rule.arn],
    ['aws.events.rule-name', rule.name],
    ['aws.events.event.ingestion-time', new Date(ingestedMs).toISOString()],
    ['aws.events.event', { ...event, detail: undefined }],
    ['aws.events.event.json', event],
  ]);
  for (const [name, path] of Object.entries(InputPathsMap)) variables.set(name, valueAt(event, path));
  return fillTemplate(InputTemplate, (name) => variables.get(name));
}

/** Throws ValidationException for settings that EventBridge refuses in PutTargets. */
export function checkInput({ Id, Input, InputPath, InputTransformer }: InputSettings): void {
  if ([Input, InputPath, InputTransformer].filter((each) => each !== undefined).length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in input for target ${Id}`);
  if (InputPath !== undefined && !isJsonPath(InputPath)) throw invalid(`Invalid InputPath for target ${Id}.`);
  if (InputTransformer === undefined) return;
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (name.startsWith('AWS.'))
      throw invalid(`InputPathsMap key ${name} must not start with AWS. for target ${Id}.`);
    if (!isJsonPath(path)) throw invalid(`Invalid InputPath for target ${Id}.`);
  }
  for (const name of placeholdersOf(InputTemplate))
    if (!Object.hasOwn(InputPathsMap, name) && !name.startsWith('aws.events.'))
      throw invalid(
        `Invalid InputTemplate for target ${Id} : InputTemplate for target ${Id} contains placeholder ${name} that is not in the InputPathsMap.`,
      );
  if (!isJson(fillTemplate(InputTemplate, () => 0)))
    throw invalid(`Invalid InputTemplate for target ${Id} : not valid JSON.`);
}

const placeholder = /<([A-Za-z][\w.-]*)>/g;

function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map(([, name = '']) => name);
}

/** Inside a string of the template a value goes in as text, outside as JSON. */
function fillTemplate(template: string, variable: (name: string) => unknown): string {
  let filled = '';
  let doneTo = 0;
  let isInString = false;
  for (const match of template.matchAll(placeholder)) {
    const before = template.slice(doneTo, match.index);
    filled += before;
    if (countQuotes(before) % 2 === 1) isInString = !isInString;
    const value = variable(match[1] ?? '');
    filled += isInString ? insideString(value) : (JSON.stringify(value) ?? 'null');
    doneTo = match.index + match[0].length;
  }
  return filled + template.slice(doneTo);
}

function insideString(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** Quotes that begin or end a string: those that no backslash precedes. */
function countQuotes(text: string): number {
  return [...text.replace(/\\./g, '').matchAll(/"/g)].length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
