import { InvalidArgumentError } from 'commander';

/** An option that is a text, and not an empty one. */
export function textOption(lengthMax = 2_048): (text: string) => string {
  return (text) => {
    if (text.length >= 1 && text.length <= lengthMax) return text;
    throw new InvalidArgumentError(`It must have 1 to ${lengthMax} characters.`);
  };
}

/** An option that is a whole number between 1 and a bound. */
export function countOption(max: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (/^\d+$/.test(text) && count >= 1 && count <= max) return count;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}

/** An option that is the number of a slot. */
export function slotOption(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 0 on.');
}
