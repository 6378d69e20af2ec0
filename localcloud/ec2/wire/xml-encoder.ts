import { escapeXml } from '../../wire/escape-xml.ts';
import { elementName, itemName } from './element-names.ts';

interface Tag {
  readonly open: string;
  readonly close: string;
}

const tagsByOwner = new Map<string, Map<string, Tag>>();

/**
 * A structure's members as XML elements, in their order; `owner` is the member or operation that it is the value
 * of. Members that are undefined are left out, lists hold `item` elements.
 */
export function encodeMembers(owner: string, structure: object): string {
  let tags = tagsByOwner.get(owner);
  if (tags === undefined) {
    tags = new Map();
    tagsByOwner.set(owner, tags);
  }
  let xml = '';
  for (const [member, value] of Object.entries(structure)) {
    if (value === undefined) continue;
    const tag = tags.get(member) ?? newTag(tags, owner, member);
    xml += tag.open + encodeValue(member, value) + tag.close;
  }
  return xml;
}

function newTag(tags: Map<string, Tag>, owner: string, member: string): Tag {
  const name = elementName(owner, member);
  const tag = { open: `<${name}>`, close: `</${name}>` };
  tags.set(member, tag);
  return tag;
}

function encodeValue(member: string, value: unknown): string {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Date) return value.toISOString();
  if (!Array.isArray(value)) return encodeMembers(member, value);
  let xml = '';
  for (const item of value as unknown[]) {
    const name = itemName(member, item);
    xml += `<${name}>${encodeValue(member, item)}</${name}>`;
  }
  return xml;
}
