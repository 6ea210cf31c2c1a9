import { Table } from '@mantine/core';

type CountTableProps = {
  /** what stands above the words, then above the numbers */
  heads: { words: readonly string[]; counts: readonly string[] };
  /** the last of a row's words is what the row is about */
  rows: readonly { key: string; words: readonly string[]; counts: readonly string[] }[];
};

/** Words and numbers in columns; on a phone each number stands below the words, with its name. */
export function CountTable({ heads, rows }: CountTableProps) {
  return (
    <Table className="tabular stacking-table" verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          {heads.words.map((head) => (
            <Table.Th key={head}>{head}</Table.Th>
          ))}
          {heads.counts.map((head) => (
            <Table.Th key={head} className="count-cell">
              {head}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, words, counts }) => (
          <Table.Tr key={key}>
            {heads.words.map((head, index) => (
              <Table.Td key={head} {...(index === heads.words.length - 1 ? { fw: 500 } : {})}>
                {words[index]}
              </Table.Td>
            ))}
            {heads.counts.map((head, index) => (
              <Table.Td key={head} className="count-cell" data-label={head}>
                {counts[index]}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
