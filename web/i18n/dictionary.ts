import type { en } from './en.ts';

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** What a language has to give: a text for each key of the English reference. */
export type Dictionary = Texts<typeof en>;
