/** Text as XML character data; characters that XML cannot hold become the replacement character. */
export function escapeXml(text: string): string {
  // Most texts are ids and names: one test spares them the replacements.
  if (!/[&<>"'\r]|[^\t\n -\uFFFD]/.test(text)) return text;
  return text
    .replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\r', '&#xD;');
}
