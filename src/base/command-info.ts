/** Where a command stands beside the palette: a menu id of VS Code with its `when` and `group`. */
export interface Placement {
  readonly menu: string;
  readonly when?: string;
  readonly group?: string;
}

export interface CommandInfo {
  readonly title: string;
  /** One line for the README. */
  readonly description: string;
  readonly icon?: string;
  readonly enablement?: string;
  /** `false` hides it from the palette: it needs an argument that only a menu gives. Else a `when` clause. */
  readonly palette?: false | string;
  readonly placements?: readonly Placement[];
}
