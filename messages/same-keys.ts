/** A catalogue with the same keys as another: what the compiler holds French to. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> }
