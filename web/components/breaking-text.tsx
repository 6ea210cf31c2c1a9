import { Fragment } from 'react';

/** Words with addresses in them, which break behind the @ rather than inside a word. */
export function BreakingText({ children }: { children: string }) {
  return children.split(/(?<=@)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have nothing else to be told apart by
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
