/**
 * The beginning of a text, with a mark where it goes on: what is told of an input must not be as long as the input. Half
 * characters, such as at the cut, become whole ones: nobody could write them down.
 */
export function excerpt(text: string, lengthMax: number): string {
  const part = text.slice(0, lengthMax).toWellFormed();
  return text.length <= lengthMax ? part : `${part}…`;
}

/**
 * The beginning of a value as JSON. Never more of it is written than is shown, so that a value of any size and depth, and
 * even one that holds itself, takes as long as the excerpt.
 */
export function jsonExcerpt(value: unknown, lengthMax: number): string {
  return excerpt(jsonUpTo(value, lengthMax), lengthMax);
}

/** At least as much of the JSON as is asked for, or all of it. */
function jsonUpTo(value: unknown, lengthMax: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, lengthMax + 1));
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  for (const [key, part] of Object.entries(value)) {
    if (text.length > lengthMax) return text;
    if (text.length > 1) text += ',';
    if (!isList) text += `${jsonUpTo(key, lengthMax - text.length)}:`;
    text += jsonUpTo(part, Math.max(0, lengthMax - text.length));
  }
  return `${text}${isList ? ']' : '}'}`;
}
