import type { TemplateVariable } from './record-spec.ts';
import { templateVariables } from './record-spec.ts';
import type { RecordType } from './record-type.ts';
import { normalizeRecordValue } from './record-value.ts';
import { isQuotedTxtValue, toTxtBytes, writeTxtValue } from './txt-value.ts';

/** What stands in braces in a value: `{instanceId}`, or `{tag:KEY}`. */
export type Placeholder =
  | { readonly kind: 'variable'; readonly name: TemplateVariable }
  | { readonly kind: 'tag'; readonly key: string }
  | { readonly kind: 'unknown'; readonly text: string };

// Other braces, such as those of JSON in a TXT record, mean themselves.
const placeholder = /\{(?:tag:([^{}]+)|(\w+))\}/g;

/** All placeholders of a value, in their order. */
export function placeholdersOf(template: string): readonly Placeholder[] {
  return [...template.matchAll(placeholder)].map((match) => toPlaceholder(match[0], match[1], match[2]));
}

function toPlaceholder(text: string, key: string | undefined, word: string | undefined): Placeholder {
  if (key !== undefined) return { kind: 'tag', key };
  const name = templateVariables.find((each) => each === word);
  return name === undefined ? { kind: 'unknown', text } : { kind: 'variable', name };
}

/**
 * Fills the placeholders of a value, and brings the result to the spelling of `normalizeRecordValue`. What is filled into
 * TXT is text, whatever quotes it has: it cannot end the string that it stands in. The result of other types may be no
 * value of that type; `recordValueProblem` tells.
 */
export function renderRecordValue(
  type: RecordType,
  template: string,
  textOf: (placeholder: Placeholder) => string,
): string {
  const render = (write: (text: string) => string): string =>
    template.replace(placeholder, (text, key?: string, word?: string) =>
      write(textOf(toPlaceholder(text, key, word))),
    );
  if (type === 'TXT' && !isQuotedTxtValue(template)) return writeTxtValue(toTxtBytes(render((text) => text)));
  if (type === 'TXT')
    return normalizeRecordValue(
      type,
      render((text) => quotedTxt(text).slice(1, -1)),
    );
  return normalizeRecordValue(
    type,
    render((text) => text),
  );
}

function quotedTxt(text: string): string {
  return writeTxtValue(toTxtBytes(text));
}
