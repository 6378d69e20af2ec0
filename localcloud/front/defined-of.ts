type Defined<Value> = { readonly [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** Without the members that are undefined, which zod's optional members may be. */
export function definedOf<Value extends object>(value: Value): Partial<Defined<Value>> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<
    Defined<Value>
  >;
}
