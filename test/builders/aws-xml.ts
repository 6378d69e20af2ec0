/** How deep elements stand in elements; what is deeper is left out. */
const levelsMax = 100;

/** A value as AWS writes it in XML: a key is an element, each value of a list an element of that name. */
export function xmlOf(key: string, value: unknown, levels = levelsMax): string {
  if (value === undefined || levels === 0) return '';
  if (Array.isArray(value)) return value.map((each) => xmlOf(key, each, levels - 1)).join('');
  const name = /^[A-Za-z][A-Za-z0-9]*$/.test(key) ? key : 'odd';
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([part, its]) => xmlOf(part, its, levels - 1))
          .join('')
      : escaped(String(value));
  return `<${name}>${inside}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** An XML document whose entities stand for one another, ten times each. */
export const entityBomb = (root: string): string =>
  `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "x">${Array.from({ length: 12 }, (_, level) => {
    const before = level === 0 ? 'a' : `a${level - 1}`;
    return `<!ENTITY a${level} "${`&${before};`.repeat(10)}">`;
  }).join('')}]><${root}>&a11;</${root}>`;
