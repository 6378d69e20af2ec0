import { InvalidPattern } from './invalid-pattern.ts';

/**
 * Compiles a text in which `*` stands for any characters, `\*` for an asterisk and `\\` for a backslash. Throws
 * InvalidPattern for two asterisks in a row and for other escapes.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */
export function wildcardPattern(text: string): (value: unknown) => boolean {
  let source = '';
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === '*') {
      if (text.charAt(index + 1) === '*')
        throw new InvalidPattern(`Consecutive wildcard characters at pos ${index}`);
      source += '.*';
    } else if (char === '\\') {
      index += 1;
      const escaped = text.charAt(index);
      if (escaped !== '*' && escaped !== '\\')
        throw new InvalidPattern(`Invalid escape character at pos ${index - 1}`);
      source += `\\${escaped}`;
    } else {
      source += char.replace(/[.+?^${}()|[\]]/, '\\$&');
    }
  }
  const expression = new RegExp(`^${source}$`, 's');
  return (value) => typeof value === 'string' && expression.test(value);
}
