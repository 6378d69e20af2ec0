/** Text with wildcards, made ready to be compared often. */
export interface Pattern {
  readonly text: string;
  readonly matches: (value: string) => boolean;
}

/** `*` stands for any characters, `?` for one. */
export function wildcardPattern(text: string, { ignoresCase = false } = {}): Pattern {
  if (text === '*') return { text, matches: () => true };
  const compared = ignoresCase ? text.toLowerCase() : text;
  const seen = ignoresCase ? (value: string) => value.toLowerCase() : (value: string) => value;
  const star = compared.indexOf('*');
  if (star === -1 && !compared.includes('?')) return { text, matches: (value) => seen(value) === compared };
  if (star === compared.length - 1 && !compared.includes('?')) {
    const prefix = compared.slice(0, -1);
    return { text, matches: (value) => seen(value).startsWith(prefix) };
  }
  const source = expressionSource(compared, '.');
  const expression = new RegExp(`^${source}$`, 's');
  return { text, matches: (value) => expression.test(seen(value)) };
}

const fieldCount = 6;

/**
 * An ARN in a `Resource` element: a wildcard stays in its segment, unless a `*` ends it, which goes on over colons. What is
 * after the fifth colon is one segment.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourcePattern(text: string): Pattern {
  if (!/[*?]/.test(text) || text === '*') return wildcardPattern(text);
  const fields = fieldsOf(text);
  const sources = fields.map((field, index) => {
    const isLast = index === fieldCount - 1;
    return expressionSource(field, isLast ? '.' : '[^:]').replace(isLast ? /$^/ : /\[\^:\]\*$/, '.*');
  });
  const expression = new RegExp(`^${sources.join(':')}$`, 's');
  return { text, matches: (value) => expression.test(value) };
}

/**
 * An ARN in a condition: its six fields are compared one by one, so that no wildcard reaches into the next.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnPattern(text: string): Pattern {
  const fields = fieldsOf(text).map((field) => wildcardPattern(field));
  return {
    text,
    matches: (value) => {
      const compared = fieldsOf(value);
      return (
        compared.length === fields.length &&
        fields.every((field, index) => field.matches(compared[index] ?? ''))
      );
    },
  };
}

/** As a regular expression, with `any` for what a wildcard may stand for. */
function expressionSource(text: string, any: string): string {
  return text
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/[*?]/g, (wildcard) => (wildcard === '*' ? `${any}*` : any));
}

/** The last field keeps its colons. */
function fieldsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= fieldCount
    ? parts
    : [...parts.slice(0, fieldCount - 1), parts.slice(fieldCount - 1).join(':')];
}
