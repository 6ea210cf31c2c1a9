import { Code, List, Stack, Text, Title } from '@mantine/core';
import { ExternalLink } from '../../components/external-link.tsx';
import type { ContentsEntry } from '../../components/with-contents.tsx';
import type { GuideBlock, GuideSpan } from '../../guides/guide-blocks.ts';

/** A guide as it is read: its sections one below the other. */
export function GuideText({ blocks }: { blocks: readonly GuideBlock[] }) {
  return (
    <Stack gap="sm" maw="75ch">
      {blocks.map((block, index) => (
        <Block key={keyOf(block, index)} block={block} />
      ))}
    </Stack>
  );
}

/** The sections of a guide, for links that lead there. */
export function guideContents(blocks: readonly GuideBlock[]): ContentsEntry[] {
  return blocks.flatMap((block) =>
    block.kind === 'heading' && block.level === 2 ? [{ id: anchorOf(block.text), title: block.text }] : [],
  );
}

const keyOf = (block: GuideBlock, index: number) => `${index} ${block.kind}`;

function Block({ block }: { block: GuideBlock }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? (
        <Title order={2}>{block.text}</Title>
      ) : (
        <Title order={block.level === 2 ? 3 : 4} id={anchorOf(block.text)} mt={block.level === 2 ? 'md' : 'xs'}>
          {block.text}
        </Title>
      );
    case 'paragraph':
      return (
        <Text>
          <Spans spans={block.spans} />
        </Text>
      );
    case 'list':
      return (
        <List type={block.isOrdered ? 'ordered' : 'unordered'} spacing={6} withPadding>
          {block.items.map((spans) => (
            <List.Item key={spans.map(({ text }) => text).join('')}>
              <Spans spans={spans} />
            </List.Item>
          ))}
        </List>
      );
    case 'code':
      return (
        <Code block className="wrapping-code">
          {block.text}
        </Code>
      );
  }
}

function Spans({ spans }: { spans: readonly GuideSpan[] }) {
  return spans.map((span, index) => {
    const key = `${index} ${span.text}`;
    if (span.kind === 'strong') return <strong key={key}>{span.text}</strong>;
    if (span.kind === 'code') return <Code key={key}>{span.text}</Code>;
    if (span.kind === 'link') {
      return (
        <ExternalLink key={key} href={span.href} underline="always">
          {span.text}
        </ExternalLink>
      );
    }
    return span.text;
  });
}

/** A heading's name in the address line. */
function anchorOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
}
