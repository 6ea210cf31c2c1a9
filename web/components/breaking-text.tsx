import { Fragment } from 'react';

/** Words with addresses in them, which break behind the @ and before a dot rather than inside a word. */
export function BreakingText({ children }: { children: string }) {
  return children.split(/(?<=@)|(?<=\w)(?=[.]\w)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have nothing else to be told apart by
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
