type Scalar = string | number | boolean | null | undefined;

type Plain<T> = T extends Scalar
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : { readonly [Key in keyof T]: Plain<T[Key]> };

type Identical<Left, Right> =
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- two generic functions are how the compiler is asked for identity
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;

/**
 * True when two types say the same once read-only marks are evened out: optional members, names and brands
 * included. `true satisfies Same<…>` makes a schema that drifted from its view a compile error.
 */
export type Same<Left, Right> = Identical<Plain<Left>, Plain<Right>>;
