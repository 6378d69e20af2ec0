/** What is kept of a machine image. */
export interface Image {
  readonly id: string;
  /** The account that registered it. */
  readonly ownerId: string;
  /** `amazon`, `aws-marketplace` or `aws-backup-vault`; undefined for the images of other accounts. */
  readonly ownerAlias: string | undefined;
}

/** Who owns an image: this account unless said otherwise. */
export type ImageOwner = Partial<Pick<Image, 'ownerId' | 'ownerAlias'>>;

/**
 * The images of the region. Nobody has to register one: any well-formed id that nothing was said about is an image of
 * the account itself.
 */
export class Images {
  readonly #accountId: string;
  readonly #said = new Map<string, Image | 'deregistered'>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  put(id: string, { ownerId = this.#accountId, ownerAlias }: ImageOwner): void {
    this.#said.set(id, { id, ownerId, ownerAlias });
  }

  /** The image is no more; instances that were launched from it go on naming it. */
  deregister(id: string): void {
    this.#said.set(id, 'deregistered');
  }

  /** The image of a well-formed id; undefined when it was deregistered. */
  get(id: string): Image | undefined {
    const said = this.#said.get(id) ?? { id, ownerId: this.#accountId, ownerAlias: undefined };
    return said === 'deregistered' ? undefined : said;
  }

  /** The ids that something was said about. */
  ids(): Iterable<string> {
    return this.#said.keys();
  }
}
