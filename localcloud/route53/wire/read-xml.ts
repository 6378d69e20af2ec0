import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AwsError, notModelled } from '../../core/aws-error.ts';
import type { LeafShape, ListShape, Shape, StructureShape } from './shapes.ts';

/** The namespace of every Route 53 document. */
export const xmlNamespace = 'https://route53.amazonaws.com/doc/2013-04-01/';

// An element as the parser keeps it: its name with its children, or its text.
type XmlNode = Readonly<Record<string, unknown>>;

const textName = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
  // Numeric character references, which the SDKs write for line ends, come with these.
  htmlEntities: true,
});

/**
 * Reads a document of the given root and shape. Throws MalformedInput for another document, InvalidInput for an
 * element that the shape does not have or cannot have there, and refuses by name what is not modelled.
 */
export function readXml(
  body: string,
  rootName: string,
  shape: StructureShape,
): Readonly<Record<string, unknown>> {
  const validity = XMLValidator.validate(body);
  if (validity !== true) throw new AwsError('MalformedInput', `Unable to parse XML: ${validity.err.msg}`);
  const roots = elementsOf(parser.parse(body));
  const [root] = roots;
  if (root === undefined || roots.length > 1 || nameOf(root) !== rootName) {
    const found = root === undefined ? 'The document' : nameOf(root);
    throw new AwsError('MalformedInput', `${found} is not valid, expected ${rootName}`);
  }
  return readStructure(rootName, childrenOf(root), shape);
}

function readValue(name: string, children: readonly XmlNode[], shape: Shape): unknown {
  if (typeof shape === 'string') return readLeaf(name, children, shape);
  return shape.kind === 'list' ? readList(children, shape) : readStructure(name, children, shape);
}

function readStructure(
  name: string,
  children: readonly XmlNode[],
  { members }: StructureShape,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const element of elementsOf(children)) {
    const member = nameOf(element);
    const shape = Object.hasOwn(members, member) ? members[member] : undefined;
    if (shape === undefined || Object.hasOwn(values, member)) throw unexpected(member, Object.keys(members));
    values[member] = readValue(`${name}.${member}`, childrenOf(element), shape);
  }
  return values;
}

function readList(children: readonly XmlNode[], { item, of }: ListShape): readonly unknown[] {
  return elementsOf(children).map((element) => {
    if (nameOf(element) !== item) throw unexpected(nameOf(element), [item]);
    return readValue(item, childrenOf(element), of);
  });
}

function readLeaf(name: string, children: readonly XmlNode[], shape: LeafShape): unknown {
  const [element] = elementsOf(children);
  if (element !== undefined && shape !== 'not-modelled') throw unexpected(nameOf(element), []);
  const text = children.map((child) => String(child[textName])).join('');
  switch (shape) {
    case 'string':
      return text;
    case 'integer':
      if (!/^\s*[-+]?\d+\s*$/.test(text)) throw badValue(text, 'integer');
      return Number(text);
    case 'boolean':
      if (!/^\s*(true|false|1|0)\s*$/.test(text)) throw badValue(text, 'boolean');
      return ['true', '1'].includes(text.trim());
    case 'timestamp':
      return new Date(text);
    case 'not-modelled':
      throw notModelled(`the element ${name}`);
  }
}

function elementsOf(nodes: readonly XmlNode[]): readonly XmlNode[] {
  return nodes.filter((node) => !Object.hasOwn(node, textName));
}

function nameOf(element: XmlNode): string {
  return Object.keys(element)[0] ?? '';
}

function childrenOf(element: XmlNode): readonly XmlNode[] {
  return element[nameOf(element)] as readonly XmlNode[];
}

function unexpected(found: string, expected: readonly string[]): AwsError {
  const names = expected.map((name) => `"${xmlNamespace}":${name}`).join(', ');
  const hint =
    expected.length === 0
      ? 'No child element is expected at this point.'
      : `One of '{${names}}' is expected.`;
  return new AwsError(
    'InvalidInput',
    `Invalid XML ; cvc-complex-type.2.4.a: Invalid content was found starting with element '${found}'. ${hint}`,
  );
}

function badValue(text: string, type: string): AwsError {
  return new AwsError(
    'InvalidInput',
    `Invalid XML ; cvc-datatype-valid.1.2.1: '${text}' is not a valid value for '${type}'.`,
  );
}
