import type { en } from './en.ts';

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

type TextsWithMany<T> = {
  readonly [K in keyof T | ManyOf<keyof T>]: K extends keyof T
    ? T[K] extends string
      ? string
      : TextsWithMany<T[K]>
    : string;
};
type ManyOf<K> = K extends `${infer Stem}_other` ? `${Stem}_many` : never;

/** What a language has to give: a text for each key of the English reference. */
export type Dictionary = Texts<typeof en>;

/** The same for a language that has a form of its own for whole millions ("1.000.000 de contactos"). */
export type DictionaryWithMany = TextsWithMany<typeof en>;
