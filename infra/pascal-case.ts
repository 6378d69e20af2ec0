/** `ec2-state-change` to `Ec2StateChange`, for logical ids. */
export function pascalCase(kebabCase: string): string {
  return kebabCase.replaceAll(/(^|-)([a-z0-9])/g, (_match, _hyphen, letter: string) => letter.toUpperCase());
}
