import { XMLBuilder } from 'fast-xml-parser';
import { xmlNamespace } from './read-xml.ts';
import type { Shape, StructureShape } from './shapes.ts';

const builder = new XMLBuilder({ ignoreAttributes: false });

/** Writes a document of the given root and shape; members without a value are left out. */
export function writeXml(rootName: string, value: object, shape: StructureShape): string {
  return document(rootName, toXml(value, shape) as object);
}

/** Writes an error as Route 53 does. */
export function writeErrorXml(
  error: { readonly type: 'Sender' | 'Receiver'; readonly code: string; readonly message: string },
  requestId: string,
): string {
  return document('ErrorResponse', {
    Error: { Type: error.type, Code: error.code, Message: error.message },
    RequestId: requestId,
  });
}

function document(rootName: string, content: object): string {
  return builder.build({
    '?xml': { '@_version': '1.0' },
    [rootName]: { '@_xmlns': xmlNamespace, ...content },
  });
}

function toXml(value: unknown, shape: Shape): unknown {
  if (shape === 'timestamp') return value instanceof Date ? value.toISOString() : String(value);
  if (typeof shape === 'string') return String(value);
  if (shape.kind === 'list') {
    return { [shape.item]: (value as readonly unknown[]).map((item) => toXml(item, shape.of)) };
  }
  const content: Record<string, unknown> = {};
  for (const [member, memberShape] of Object.entries(shape.members)) {
    const memberValue: unknown = Reflect.get(Object(value), member);
    if (memberValue !== undefined) content[member] = toXml(memberValue, memberShape);
  }
  return content;
}
